package io.sealpost.relay.signing;

import io.sealpost.dkim.SignedFields;
import io.sealpost.dkim.SigningOptions;
import io.sealpost.keys.SigningChoices;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The usual options of a signature, as a domain's owner changed them. Pure. */
public final class DomainOptions {
    private DomainOptions() {}

    /**
     * What the signer is told.
     *
     * @param longestWait how long mail may wait in the queue: a signature lives no shorter, whatever was chosen (RFC 6376 §3.5)
     * @throws IllegalArgumentException with a plain sentence when a field was chosen that cannot be signed, as Received
     */
    public static SigningOptions of(SigningChoices choices, Duration longestWait) {
        SigningOptions options = SigningOptions.USUAL.withFields(fields(choices));
        if (choices.identity().isPresent()) {
            options = options.withIdentity(choices.identity().get());
        }
        if (choices.lifetime().isEmpty()) {
            return options;
        }
        Duration chosen = choices.lifetime().get();
        return options.expiringAfter(chosen.compareTo(longestWait) < 0 ? longestWait : chosen, longestWait);
    }

    private static SignedFields fields(SigningChoices choices) {
        SignedFields usual = SignedFields.USUAL;
        return new SignedFields(
                list(usual.oversigned(), choices.oversigned(), choices.leftOut(), choices.signed()),
                list(usual.present(), choices.signed(), choices.leftOut(), choices.oversigned()));
    }

    /** The usual ones without two lists, then those that are new. */
    private static List<String> list(
            List<String> usual, List<String> more, List<String> leftOut, List<String> elsewhere) {
        return Stream.concat(
                        usual.stream().filter(name -> !leftOut.contains(name) && !elsewhere.contains(name)),
                        more.stream())
                .distinct()
                .toList();
    }
}
