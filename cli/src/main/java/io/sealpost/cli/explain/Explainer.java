package io.sealpost.cli.explain;

import io.sealpost.cli.console.Times;
import io.sealpost.cli.explain.KeyFinding.Use;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.dkim.KeyName;
import io.sealpost.dkim.RawMessage;
import io.sealpost.dkim.Verdict;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.KeyLookup.Cause;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.mail.MailDomain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts together what the store, the DNS and a verifier say of a subject now. For one thread. */
public final class Explainer {
    private static final List<KeyState> ORDER =
            List.of(KeyState.ACTIVE, KeyState.PENDING, KeyState.RETIRING, KeyState.RETIRED, KeyState.FAILED);

    private final Administration administration;

    /** Looks in this store and its DNS. */
    public Explainer(Administration administration) {
        this.administration = administration;
    }

    /** Asks the DNS for each key that is not out of use. */
    public Explanation explain(Subject subject) {
        Optional<HeldDomain> held = subject.from().flatMap(administration.keys()::domain);
        Optional<Cause> delegation = delegation(subject, held);
        List<DkimKey> known = held.map(domain -> known(domain.name())).orElse(List.of());
        List<KeyFinding> keys = known.stream()
                .sorted(Comparator.comparing(key -> ORDER.indexOf(key.state())))
                .map(key -> finding(key, delegation))
                .toList();
        List<SignatureFinding> signatures = subject.message()
                .map(bytes -> verdicts(bytes).stream()
                        .map(verdict -> finding(verdict, subject.from(), known))
                        .toList())
                .orElse(List.of());
        return new Explanation(
                subject,
                holder(subject, held),
                keys,
                signatures,
                Answer.of(subject, delegation.or(() -> unheld(held)), keys, signatures));
    }

    private static Optional<Cause> unheld(Optional<HeldDomain> held) {
        return held.isEmpty() ? Optional.of(Cause.UNKNOWN_DOMAIN) : Optional.empty();
    }

    /** Its own, and where none of them signs those of the domain above that the owner named. */
    private List<DkimKey> known(MailDomain domain) {
        List<DkimKey> own = administration.keys().keys(domain);
        boolean signs = own.stream().anyMatch(key -> key.state() == KeyState.ACTIVE);
        Optional<MailDomain> parent =
                signs ? Optional.empty() : administration.parentKeys().of(domain);
        return Stream.concat(own.stream(), parent.stream().flatMap(above -> administration.keys().keys(above).stream()))
                .toList();
    }

    private String holder(Subject subject, Optional<HeldDomain> held) {
        if (subject.from().isEmpty()) {
            return "its From cannot be read safely";
        }
        MailDomain from = subject.from().get();
        if (held.isEmpty()) {
            return from + ", which nobody here holds";
        }
        String tenant = administration.accounts().tenants().stream()
                .filter(one -> one.id() == held.get().tenant())
                .map(one -> one.name())
                .findFirst()
                .orElse("");
        boolean foreign = subject.tenant().isPresent()
                && subject.tenant().getAsLong() != held.get().tenant();
        return from + ", held by the tenant " + tenant + (foreign ? ", while another tenant sent this message" : "");
    }

    /** What keeps a domain of a customer elsewhere from being signed for. */
    private Optional<Cause> delegation(Subject subject, Optional<HeldDomain> held) {
        if (held.isEmpty()) {
            boolean claimed = subject.from()
                    .filter(from -> !administration.externalDomains().of(from).isEmpty())
                    .isPresent();
            return claimed ? Optional.of(Cause.NOT_PROVEN) : Optional.empty();
        }
        return administration
                .externalDomains()
                .holder(held.get().name())
                .filter(external -> external.proof().state() == ExternalDomain.State.LAPSED)
                .map(external -> Cause.DELEGATION_GONE);
    }

    private KeyFinding finding(DkimKey key, Optional<Cause> delegation) {
        boolean gone = delegation.isPresent();
        String since = Times.shown(key.stateSince());
        return switch (key.state()) {
            case ACTIVE ->
                new KeyFinding(
                        key,
                        gone ? Use.SILENT : Use.SIGNS,
                        (gone ? "would sign if its delegation stood: " : "signs: ")
                                + "the one active " + key.algorithm().tag() + " key of " + key.domain() + ", since "
                                + since,
                        seen(key, administration.dns().records().everywhere(key)));
            case PENDING ->
                new KeyFinding(
                        key,
                        Use.SILENT,
                        "does not sign: pending since " + since + ", its record was not seen by an activation yet",
                        seen(key, administration.dns().records().forActivation(key)));
            case RETIRING ->
                new KeyFinding(
                        key,
                        Use.SILENT,
                        "does not sign: retiring since " + since + ", its record must stand until "
                                + Times.shown(
                                        administration.retention().until(key).orElseThrow()),
                        seen(key, administration.dns().records().everywhere(key)));
            case RETIRED -> new KeyFinding(key, Use.SILENT, "does not sign: retired on " + since, List.of());
            case FAILED -> new KeyFinding(key, Use.SILENT, "does not sign: it never came into use", List.of());
        };
    }

    private static List<io.sealpost.keys.Comparison> seen(DkimKey key, ObservedRecords observed) {
        return observed.comparedWith(key);
    }

    private List<Verdict> verdicts(byte[] message) {
        try {
            return administration
                    .dns()
                    .verifier()
                    .verify(RawMessage.of(message), administration.clock().instant());
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
    }

    private static SignatureFinding finding(Verdict verdict, Optional<MailDomain> from, List<DkimKey> known) {
        Optional<DkimKey> ours = verdict.key()
                .flatMap(name -> known.stream()
                        .filter(key -> key.recordName().equals(name.toString()))
                        .findFirst());
        String origin = ours.map(key -> "our key, " + key.state().stored()).orElse("no key of ours");
        return new SignatureFinding(
                verdict, origin, SignatureFinding.Alignment.of(verdict.key().map(KeyName::domain), from));
    }
}
