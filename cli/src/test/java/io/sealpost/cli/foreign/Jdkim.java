package io.sealpost.cli.foreign;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.exceptions.FailException;

/** jDKIM 0.5: RSA only; reads a mail through mime4j. */
public final class Jdkim {
    private Jdkim() {}

    /** Whether it takes the RSA signature of {@code office.test}. */
    public static boolean takes(byte[] mail, Function<String, List<String>> published) {
        DKIMVerifier verifier =
                new DKIMVerifier((methods, selector, domain) -> published.apply(selector + "._domainkey." + domain));
        try {
            verifier.verify(new ByteArrayInputStream(mail));
        } catch (FailException e) {
            // Each result speaks for itself below.
        } catch (IOException e) {
            return false; // mime4j has limits of its own; MimeIOException
        }
        return verifier.getResults().stream()
                .anyMatch(result -> result.isSuccess()
                        && result.getRecord() != null
                        && "office.test".contentEquals(result.getRecord().getDToken())
                        && "rsa".contentEquals(result.getRecord().getHashKeyType()));
    }
}
