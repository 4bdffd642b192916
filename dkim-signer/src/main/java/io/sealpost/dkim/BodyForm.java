package io.sealpost.dkim;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A form in which a body is hashed.
 *
 * @param kind canonicalisation
 * @param octets {@code l=}: how many of the canonical body; empty: all
 */
record BodyForm(Canonicalization kind, OptionalLong octets) {
    static BodyForm whole(Canonicalization kind) {
        return new BodyForm(kind, OptionalLong.empty());
    }

    /** Hashes a body in every form asked for, reading it once; not at all when none is. */
    static Map<BodyForm, byte[]> hashes(BodySource source, Set<BodyForm> forms) throws IOException {
        Map<BodyForm, byte[]> hashes = new HashMap<>();
        if (forms.isEmpty()) {
            return hashes;
        }
        Map<BodyForm, BodyCanonicalizer> running = new HashMap<>();
        forms.forEach(form -> running.put(form, form.kind.body(form.digest())));
        try (InputStream body = source.open()) {
            body.transferTo(new FanOut(running.values())); // Hands over a body in memory without copying it.
        }
        running.forEach((form, canonicalizer) -> hashes.put(form, canonicalizer.finish()));
        return hashes;
    }

    private MessageDigest digest() {
        MessageDigest all = DkimSigner.sha256();
        return octets.isPresent() ? new LimitedDigest(all, octets.getAsLong()) : all;
    }

    /** Each block to every canonicaliser. */
    private static final class FanOut extends OutputStream {
        private final Collection<BodyCanonicalizer> targets;

        FanOut(Collection<BodyCanonicalizer> targets) {
            this.targets = targets;
        }

        @Override
        public void write(byte[] block, int offset, int length) {
            for (BodyCanonicalizer target : targets) {
                target.update(block, offset, offset + length);
            }
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }
    }
}
