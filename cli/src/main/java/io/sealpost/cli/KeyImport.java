package io.sealpost.cli;

import io.sealpost.cli.ImportReading.Adding;
import io.sealpost.cli.ImportReading.Missing;
import io.sealpost.cli.ImportRow.Result;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.Activation;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.KeyMaterial;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes keys over, each in a transaction of its own: wherever it is killed, a second run finds what was done and does the rest. Not
 * thread-safe.
 */
final class KeyImport {
    private final Administration administration;
    private final Adding adding;
    private final Goal goal;

    /** How far it goes. */
    enum Goal {
        LOOK,
        IMPORT,
        ACTIVATE
    }

    KeyImport(Administration administration, Adding adding, Goal goal) {
        this.administration = administration;
        this.adding = adding;
        this.goal = goal;
    }

    /** A row for each, in their order. */
    List<ImportRow> run(List<ImportCandidate> candidates) {
        List<Optional<String>> dns = new ImportRecords(
                        administration.dns().records()::byResolvers,
                        administration.clock().instant())
                .of(candidates);
        List<ImportRow> rows = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            rows.add(one(candidates.get(i), dns.get(i)));
        }
        return rows;
    }

    private ImportRow one(ImportCandidate candidate, Optional<String> dns) {
        try {
            if (candidate.objection().isPresent()) {
                return candidate.row(dns, Result.SKIPPED, candidate.objection());
            }
            if (goal == Goal.LOOK) {
                return candidate.there().isPresent()
                        ? there(candidate, candidate.there().get(), dns)
                        : candidate.row(dns, Result.WOULD_IMPORT, Optional.empty());
            }
            return candidate.there().isPresent()
                    ? finish(candidate, candidate.there().get(), dns)
                    : store(candidate, dns);
        } finally {
            candidate.material().ifPresent(KeyMaterial::wipe);
        }
    }

    private ImportRow store(ImportCandidate candidate, Optional<String> dns) {
        if (administration.keys().domain(candidate.found().domain()).isEmpty() && adding.missing() == Missing.ADD) {
            Outcome<HeldDomain> added = administration
                    .keys()
                    .addDomain(adding.tenant(), candidate.found().domain());
            if (added instanceof Outcome.Refused<HeldDomain> refused) {
                return candidate.row(
                        dns, Result.SKIPPED, Optional.of(refused.problem().sentence()));
            }
        }
        Outcome<DkimKey> stored = administration
                .keys()
                .importKey(
                        candidate.found().domain(),
                        candidate.selector(),
                        candidate.material().orElseThrow());
        return stored instanceof Outcome.Done<DkimKey> done
                ? finish(candidate, done.value(), dns)
                : candidate.row(
                        dns,
                        Result.SKIPPED,
                        Optional.of(
                                ((Outcome.Refused<DkimKey>) stored).problem().sentence()));
    }

    private ImportRow finish(ImportCandidate candidate, DkimKey key, Optional<String> dns) {
        if (goal != Goal.ACTIVATE || key.state() != KeyState.PENDING) {
            return there(candidate, key, dns);
        }
        Optional<DkimKey> signing = administration.keys().keys(key.domain()).stream()
                .filter(other -> other.state() == KeyState.ACTIVE && other.algorithm() == key.algorithm())
                .findFirst();
        if (signing.isPresent()) {
            return candidate.row(
                    dns,
                    Result.PENDING,
                    Optional.of(signing.get().selector() + " signs for it already, with the same algorithm"));
        }
        Activation activation =
                administration.keys().activate(key.id(), administration.dns().forActivation(key));
        if (activation instanceof Activation.Activated) {
            return candidate.row(dns, Result.ACTIVE, weak(key));
        }
        return candidate.row(
                dns,
                Result.PENDING,
                Optional.of(
                        activation instanceof Activation.NotSeen unseen
                                ? "not seen everywhere: " + String.join("; ", unseen.reasons())
                                : ((Activation.Refused) activation).problem().sentence()));
    }

    private static ImportRow there(ImportCandidate candidate, DkimKey key, Optional<String> dns) {
        return switch (key.state()) {
            case ACTIVE -> candidate.row(dns, Result.ACTIVE, weak(key));
            case PENDING -> candidate.row(dns, Result.PENDING, weak(key));
            case RETIRING, RETIRED, FAILED ->
                candidate.row(
                        dns,
                        Result.THERE,
                        Optional.of("it is here and " + key.state().stored()));
        };
    }

    private static Optional<String> weak(DkimKey key) {
        return key.isWeak()
                ? Optional.of("only " + key.bits() + " bits, which some receivers no longer trust")
                : Optional.empty();
    }
}
