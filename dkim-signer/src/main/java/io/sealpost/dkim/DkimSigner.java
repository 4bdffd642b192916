package io.sealpost.dkim;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Signs messages (RFC 6376 §5, RFC 8463). Thread-safe; linear in the size of the message. */
public final class DkimSigner {
    private static final int BLOCK = 16 * 1024;

    private final SigningKeys keys;

    /** A signer that computes with the providers of {@code keys}. */
    public DkimSigner(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * Makes one DKIM-Signature field an identity. The body is read once, whatever the number of signatures.
     *
     * @param now {@code t=}
     * @throws IOException when the body cannot be read
     */
    public SigningResult sign(RawMessage message, List<SigningIdentity> identities, Instant now) throws IOException {
        if (identities.isEmpty()) {
            return new SigningResult.Unsignable("there is no key to sign with");
        }
        if (message.count("from") == 0) {
            return new SigningResult.Unsignable("the message has no From field");
        }
        Map<Canonicalization, byte[]> bodyHashes = bodyHashes(message, identities);
        ByteBuilder fields = new ByteBuilder(1024);
        for (SigningIdentity identity : identities) {
            SigningOptions options = identity.options();
            SignedFields.Selection selection = options.fields().select(message);
            byte[] unsigned = SignatureField.unsigned(identity, selection.names(), bodyHashes.get(options.body()), now);
            byte[] signature = signature(message, identity, selection.fields(), unsigned);
            byte[] field = SignatureField.signed(unsigned, signature);
            fields.append(field, 0, field.length);
        }
        return new SigningResult.Signed(fields.toArray());
    }

    /** The signature over the chosen fields and the DKIM-Signature field with an empty {@code b=} (RFC 6376 §3.7). */
    byte[] signature(RawMessage message, SigningIdentity identity, List<HeaderField> chosen, byte[] unsigned) {
        Canonicalization header = identity.options().header();
        ByteBuilder text = new ByteBuilder(4096);
        for (HeaderField field : chosen) {
            header.appendField(text, message.header(), field);
            text.crlf();
        }
        RawMessage own = RawMessage.of(unsigned);
        header.appendField(text, unsigned, own.fields().get(0)); // Without a CRLF, being the last.
        return keys.sign(identity.algorithm(), identity.key(), text.array(), text.length());
    }

    private static Map<Canonicalization, byte[]> bodyHashes(RawMessage message, List<SigningIdentity> identities)
            throws IOException {
        Map<Canonicalization, BodyCanonicalizer> wanted = new EnumMap<>(Canonicalization.class);
        identities.forEach(identity -> wanted.computeIfAbsent(identity.options().body(), body -> body.body(sha256())));
        try (InputStream body = message.body().open()) {
            byte[] block = new byte[BLOCK];
            for (int read = body.read(block); read >= 0; read = body.read(block)) {
                for (BodyCanonicalizer canonicalizer : wanted.values()) {
                    canonicalizer.update(block, read);
                }
            }
        }
        Map<Canonicalization, byte[]> hashes = new EnumMap<>(Canonicalization.class);
        wanted.forEach((kind, canonicalizer) -> hashes.put(kind, canonicalizer.finish()));
        return hashes;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
