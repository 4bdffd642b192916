package io.sealpost.keys.jdbc;

import io.sealpost.database.ChangeKind;
import io.sealpost.keys.Delegation;
import io.sealpost.keys.Delegation.Change;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.ExternalDomain.State;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.ObservedDelegation;
import io.sealpost.keys.jdbc.ExternalSql.ExternalRow;
import io.sealpost.keys.jdbc.ExternalSql.Looked;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What a look at an external domain's records changes. A proof needs the challenge and all aliases; what was proven stands while the
 * challenge and the aliases of the keys that sign are seen. Thread-safe.
 */
final class DelegationMoves {
    private final Changes changes;
    private final DelegationSettings settings;

    DelegationMoves(Changes changes, DelegationSettings settings) {
        this.changes = changes;
        this.settings = settings;
    }

    Delegation look(Handle handle, ExternalRow row, ObservedDelegation seen) {
        Instant now = changes.now();
        if (row.shown().proof().state() == State.CLAIMED) {
            return seen.isWhole() ? prove(handle, row, now) : notYet(handle, row, now);
        }
        return switch (seen.of(needed(handle, row.shown()))) {
            case SEEN -> stands(handle, row, now);
            case UNKNOWN -> unknown(handle, row, now);
            case MISSING -> missing(handle, row, now);
        };
    }

    private static Set<String> needed(Handle handle, ExternalDomain domain) {
        Set<String> names = new HashSet<>();
        names.add(domain.challenge().name());
        ExternalSql.signingLabels(handle, domain.id())
                .forEach(label -> names.add(domain.alias(label).name()));
        return names;
    }

    private Delegation notYet(Handle handle, ExternalRow row, Instant now) {
        Duration age = Duration.between(row.shown().proof().since(), now);
        save(handle, row, new Looked(row.proven(), row.lapsed(), Optional.empty(), now, settings.afterClaim(age, now)));
        return ended(handle, row, Change.NOT_YET, now);
    }

    private Delegation prove(Handle handle, ExternalRow row, Instant now) {
        ExternalDomain domain = row.shown();
        Optional<HeldDomain> held = KeysSql.lockDomain(handle, domain.name());
        if (held.isPresent()) {
            Optional<ExternalRow> other = ExternalSql.lock(handle, held.get().id());
            Optional<Instant> ends = other.flatMap(
                            older -> older.shown().proof().goneSince())
                    .map(since -> since.plus(settings.grace()));
            if (ends.isEmpty() || ends.get().isAfter(now)) {
                Instant next = ends.filter(end -> end.isBefore(settings.afterStanding(now)))
                        .orElseGet(() -> settings.afterStanding(now));
                save(handle, row, new Looked(Optional.empty(), Optional.empty(), Optional.empty(), now, next));
                return ended(handle, row, Change.OTHERS, ends.orElse(now));
            }
            supersede(handle, other.orElseThrow(), now);
        }
        ExternalSql.setProvenName(handle, domain.id(), Optional.of(domain.name()));
        save(
                handle,
                row,
                new Looked(Optional.of(now), Optional.empty(), Optional.empty(), now, settings.afterStanding(now)));
        record(handle, domain, "domain.prove", Map.of("token", domain.token()));
        return ended(handle, row, Change.PROVEN, now);
    }

    /** The older one's challenge is gone for the grace period: it is a claim again, and its keys never sign any more. */
    private void supersede(Handle handle, ExternalRow older, Instant now) {
        ExternalSql.setProvenName(handle, older.shown().id(), Optional.empty());
        int keys = ExternalSql.retireKeys(handle, older.shown().id(), now);
        save(
                handle,
                older,
                new Looked(Optional.empty(), Optional.empty(), Optional.empty(), now, settings.afterStanding(now)));
        record(handle, older.shown(), "domain.superseded", Map.of("keys", Integer.toString(keys)));
    }

    private Delegation stands(Handle handle, ExternalRow row, Instant now) {
        boolean lapsed = row.lapsed().isPresent();
        save(
                handle,
                row,
                new Looked(
                        lapsed ? Optional.of(now) : row.proven(),
                        Optional.empty(),
                        Optional.empty(),
                        now,
                        settings.afterStanding(now)));
        if (lapsed) {
            record(
                    handle,
                    row.shown(),
                    "domain.prove",
                    Map.of("token", row.shown().token()));
        }
        return ended(handle, row, lapsed ? Change.PROVEN : Change.STANDS, now);
    }

    /** The time since the last look, in which nobody could tell, does not count as gone. */
    private Delegation unknown(Handle handle, ExternalRow row, Instant now) {
        Duration dark = row.shown()
                .proof()
                .looked()
                .map(last -> Duration.between(last, now))
                .orElse(Duration.ZERO);
        Optional<Instant> gone = row.shown().proof().goneSince().map(since -> since.plus(dark));
        save(handle, row, new Looked(row.proven(), row.lapsed(), gone, now, settings.afterDoubt(now)));
        Change change =
                row.lapsed().isPresent() ? Change.STILL_LAPSED : gone.isPresent() ? Change.GOING : Change.STANDS;
        return ended(
                handle,
                row,
                change,
                gone.map(since -> since.plus(settings.grace())).orElse(now));
    }

    private Delegation missing(Handle handle, ExternalRow row, Instant now) {
        Instant gone = row.shown().proof().goneSince().orElse(now);
        Instant end = gone.plus(settings.grace());
        boolean over = !end.isAfter(now);
        Optional<Instant> lapsed = row.lapsed().or(() -> over ? Optional.of(now) : Optional.empty());
        Instant next = settings.afterDoubt(now);
        boolean sooner = !over && end.isBefore(next);
        save(handle, row, new Looked(row.proven(), lapsed, Optional.of(gone), now, sooner ? end : next));
        if (row.lapsed().isPresent()) {
            return ended(handle, row, Change.STILL_LAPSED, end);
        }
        if (over) {
            record(handle, row.shown(), "domain.lapse", Map.of("gone_since", gone.toString()));
        }
        return ended(handle, row, over ? Change.LAPSED : Change.GOING, end);
    }

    private static void save(Handle handle, ExternalRow row, Looked looked) {
        ExternalSql.save(handle, row.shown().id(), looked);
    }

    private static Delegation ended(Handle handle, ExternalRow row, Change change, Instant until) {
        return new Delegation(
                ExternalSql.one(handle, row.shown().id()).orElseThrow().shown(), change, until);
    }

    void record(Handle handle, ExternalDomain domain, String action, Map<String, String> details) {
        String name = domain.name().ascii();
        changes.record(handle, new Changes.Done(domain.tenant(), action, name, details, ChangeKind.DOMAIN, name));
    }
}
