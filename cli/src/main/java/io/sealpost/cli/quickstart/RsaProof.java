package io.sealpost.cli.quickstart;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.Result;
import org.apache.james.jdkim.exceptions.FailException;

/** Verifies the RSA signature of a message with Apache James jDKIM. */
final class RsaProof {
    static final String ALGORITHM = "rsa-sha256";
    private static final String VERIFIER = "Apache James jDKIM";

    private RsaProof() {}

    /** jDKIM knows no Ed25519: that signature fails with it and is left to {@link Ed25519Proof}. */
    static SignatureProof of(byte[] message, KeyRecords records) {
        DKIMVerifier verifier =
                new DKIMVerifier((methods, selector, domain) -> records.txt(selector + "._domainkey." + domain));
        try {
            verifier.verify(new ByteArrayInputStream(message));
        } catch (FailException e) {
            // Said by the results below: one failing signature does not speak for the others.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Optional<Result> result = verifier.getResults().stream()
                .filter(one -> one.getRecord() != null
                        && "rsa".contentEquals(one.getRecord().getHashKeyType()))
                .findFirst();
        return result.map(RsaProof::proof)
                .orElseGet(() -> new SignatureProof(ALGORITHM, VERIFIER, false, "there is no such signature"));
    }

    private static SignatureProof proof(Result result) {
        String where = "s=" + result.getRecord().getSelector() + " d="
                + result.getRecord().getDToken();
        return result.isSuccess()
                ? new SignatureProof(ALGORITHM, VERIFIER, true, where)
                : new SignatureProof(ALGORITHM, VERIFIER, false, where + ": " + result.getErrorMessage());
    }
}
