package io.sealpost.dkim;

import java.security.MessageDigest;

/** RFC 6376 §3.4.3: as it stands, with exactly one CRLF at the end in place of all trailing ones; an empty body is one CRLF. */
final class SimpleBody implements BodyCanonicalizer {
    private final CanonicalOutput output;

    SimpleBody(MessageDigest digest) {
        this.output = new CanonicalOutput(digest);
    }

    @Override
    public void update(byte[] block, int start, int end) {
        output.write(block, start, end);
    }

    @Override
    public byte[] finish() {
        return output.finishWithLineEnd();
    }
}
