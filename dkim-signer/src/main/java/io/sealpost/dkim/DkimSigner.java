package io.sealpost.dkim;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Signs messages (RFC 6376 §5, RFC 8463). Thread-safe; linear in the size of the message. */
public final class DkimSigner {
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
        if (message.malformedLine()
                >= 0) { // Verifiers do not agree where such a header ends; some take no signature on it.
            return new SigningResult.Unsignable("a line of the header is neither a field nor the continuation of one");
        }
        Set<BodyForm> forms = identities.stream().map(DkimSigner::bodyForm).collect(Collectors.toSet());
        Map<BodyForm, byte[]> bodyHashes = BodyForm.hashes(message.body(), forms);
        ByteBuilder fields = new ByteBuilder(1024);
        for (SigningIdentity identity : identities) {
            SigningOptions options = identity.options();
            SignedFields.Selection selection = options.fields().select(message);
            byte[] unsigned =
                    SignatureField.unsigned(identity, selection.names(), bodyHashes.get(bodyForm(identity)), now);
            byte[] signature = signature(message, identity, selection.fields(), unsigned);
            byte[] field = SignatureField.signed(unsigned, signature);
            fields.append(field, 0, field.length);
        }
        return new SigningResult.Signed(fields.toArray());
    }

    /** The signature over the chosen fields and the DKIM-Signature field with an empty {@code b=} (RFC 6376 §3.7). */
    byte[] signature(RawMessage message, SigningIdentity identity, List<HeaderField> chosen, byte[] unsigned) {
        ByteBuilder text = SignedText.of(identity.options().header(), message.header(), chosen, unsigned);
        return keys.sign(identity.algorithm(), identity.key(), text.array(), text.length());
    }

    private static BodyForm bodyForm(SigningIdentity identity) {
        return BodyForm.whole(identity.options().body());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
