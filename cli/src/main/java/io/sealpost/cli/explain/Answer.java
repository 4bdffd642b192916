package io.sealpost.cli.explain;

import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyLookup.Cause;
import io.sealpost.keys.KeyState;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.signing.SigningOutcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The whole in a sentence or two. Pure. */
final class Answer {
    private Answer() {}

    /** {@code withoutKeys}: what stands against signing whatever the keys are. */
    static String of(
            Subject subject, Optional<Cause> withoutKeys, List<KeyFinding> keys, List<SignatureFinding> signatures) {
        String now =
                subject.from().map(from -> signing(from, withoutKeys, keys)).orElse("");
        return subject.message().isEmpty() ? now : (verdict(subject, signatures) + " " + now).strip();
    }

    private static String verdict(Subject subject, List<SignatureFinding> signatures) {
        if (signatures.isEmpty()) {
            return "The message carries no signature.";
        }
        List<String> holding = signatures.stream()
                .filter(SignatureFinding::counts)
                .flatMap(finding -> finding.verdict().key().stream())
                .map(Object::toString)
                .toList();
        if (!holding.isEmpty()) {
            return "A receiver that verifies now takes it as signed by "
                    + subject.from().orElseThrow() + " (" + String.join(", ", holding) + ").";
        }
        return "A receiver that verifies now takes it as unsigned: "
                + signatures.stream()
                        .map(finding -> finding.verdict().passed()
                                ? "the signature that holds is "
                                        + finding.alignment().words()
                                : finding.verdict().detail())
                        .distinct()
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private static String signing(MailDomain from, Optional<Cause> withoutKeys, List<KeyFinding> keys) {
        List<String> signing = keys.stream()
                .filter(KeyFinding::signs)
                .map(finding -> finding.key().selector())
                .toList();
        if (!signing.isEmpty()) {
            return "Mail from " + from + " is signed with " + String.join(" and ", signing) + " now.";
        }
        Cause cause = withoutKeys.orElseGet(() -> cause(keys));
        return "Mail from " + from + " is not signed, so it is refused or held: "
                + new SigningOutcome.NoKey(from, cause).sentence() + ".";
    }

    private static Cause cause(List<KeyFinding> keys) {
        if (keys.isEmpty()) {
            return Cause.NO_KEY;
        }
        return keys.stream().map(KeyFinding::key).map(DkimKey::state).anyMatch(state -> state == KeyState.PENDING)
                ? Cause.ONLY_PENDING
                : Cause.ONLY_RETIRED;
    }
}
