package io.sealpost.dkim;

import java.security.MessageDigest;

/** The digest of the first octets given to it ({@code l=}); no digest at all when fewer came (RFC 6376 §3.5). */
final class LimitedDigest extends MessageDigest {
    private final MessageDigest digest;
    private long left;

    LimitedDigest(MessageDigest digest, long octets) {
        super(digest.getAlgorithm());
        this.digest = digest;
        this.left = octets;
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        int taken = (int) Math.min(left, length);
        digest.update(input, offset, taken);
        left -= taken;
    }

    @Override
    protected byte[] engineDigest() {
        return left > 0 ? new byte[0] : digest.digest();
    }

    @Override
    protected void engineReset() {
        throw new UnsupportedOperationException("for one body");
    }
}
