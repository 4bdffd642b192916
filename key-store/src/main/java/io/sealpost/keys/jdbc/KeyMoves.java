package io.sealpost.keys.jdbc;

import io.sealpost.database.ChangeKind;
import io.sealpost.keys.Activation;
import io.sealpost.keys.Activation.Activated;
import io.sealpost.keys.Activation.NotSeen;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.Sealing;
import io.sealpost.keys.jdbc.KeysSql.KeyRow;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Moves a key from state to state, each time by a compare-and-set of its version. Thread-safe.
 *
 * <p>The domain's row is locked first, so that moves of one domain come one after the other; where no lock reaches (Galera), the
 * unique key of one active key a domain and algorithm and the compare-and-set decide.
 */
final class KeyMoves {
    private final Changes changes;
    private final Sealing sealing;

    KeyMoves(Changes changes, Sealing sealing) {
        this.changes = changes;
        this.sealing = sealing;
    }

    /**
     * A move and what the audit trail is to know of it.
     *
     * @param after the state that it ends in
     * @param action for the audit trail
     * @param why more facts
     */
    record Move(KeyState after, String action, Map<String, String> why) {}

    Activation activate(long key, ObservedRecords observed) {
        return toActive(key, observed, KeyState.PENDING, "dkim.activate");
    }

    Activation rollBack(long key, ObservedRecords observed) {
        return toActive(key, observed, KeyState.RETIRING, "dkim.rollback");
    }

    private Activation toActive(long key, ObservedRecords observed, KeyState from, String action) {
        return changes.runPlain(handle -> {
            KeysSql.lockDomainOfKey(handle, key);
            Optional<KeyRow> row = KeysSql.key(handle, key);
            if (row.isEmpty()) {
                return new Activation.Refused(unknownKey(key));
            }
            if (!KeysSql.isHeld(handle, key)) {
                return new Activation.Refused(new Problem(
                        Kind.NOT_HELD,
                        "the domain " + row.get().shown().domain()
                                + " is not proven yet; its records are looked at with: sealpost domain check "
                                + row.get().shown().domain()));
            }
            return objection(row.get().shown(), observed, from)
                    .orElseGet(() -> sign(
                            handle,
                            row.get(),
                            action,
                            Map.of("seen", observed.seenBy(row.get().shown()))));
        });
    }

    /** How it ends where nothing is to be moved. */
    private static Optional<Activation> objection(DkimKey key, ObservedRecords observed, KeyState from) {
        if (key.state() == KeyState.ACTIVE) {
            return Optional.of(new Activated(key, Optional.empty()));
        }
        if (key.state() != from) {
            return Optional.of(new Activation.Refused(new Problem(
                    Kind.WRONG_STATE,
                    "the key " + key.recordName() + " is " + key.state().stored() + "; only a " + from.stored()
                            + " one can " + (from == KeyState.PENDING ? "become active" : "sign again"))));
        }
        List<String> objections = observed.objectionsTo(key);
        return objections.isEmpty() ? Optional.empty() : Optional.of(new NotSeen(key, objections));
    }

    private Activation sign(Handle handle, KeyRow row, String action, Map<String, String> why) {
        DkimKey key = row.shown();
        Arrays.fill(sealing.open(row.sealed(), row.place()), (byte) 0); // What cannot be opened must not become active.
        Optional<KeyRow> replaced = KeysSql.keys(handle, key.domain()).stream()
                .filter(other -> other.shown().state() == KeyState.ACTIVE)
                .filter(other -> other.shown().algorithm() == key.algorithm())
                .findFirst();
        Move away = new Move(KeyState.RETIRING, "dkim.replace", Map.of("by", key.selector()));
        Optional<DkimKey> retiring = replaced.map(other -> move(handle, other, away));
        return new Activated(move(handle, row, new Move(KeyState.ACTIVE, action, why)), retiring);
    }

    Outcome<DkimKey> retire(long key, Optional<String> reason) {
        Map<String, String> why = reason.map(text -> Map.of("reason", text)).orElse(Map.of());
        return changes.runPlain(handle -> {
            KeysSql.lockDomainOfKey(handle, key);
            Optional<KeyRow> row = KeysSql.key(handle, key);
            if (row.isEmpty()) {
                return new Outcome.Refused<>(unknownKey(key));
            }
            if (row.get().shown().state() == KeyState.RETIRED) {
                return Outcome.done(row.get().shown());
            }
            return Outcome.done(move(handle, row.get(), new Move(KeyState.RETIRED, "dkim.retire", why)));
        });
    }

    private DkimKey move(Handle handle, KeyRow row, Move move) {
        int moved = KeysSql.moveKey(handle, row, move.after(), changes.now());
        if (moved != 1) {
            throw new IllegalStateException(
                    "key " + row.shown().id() + " moved under the lock of its domain: " + moved);
        }
        record(handle, row, move);
        return KeysSql.key(handle, row.shown().id()).orElseThrow().shown();
    }

    void record(Handle handle, KeyRow row, Move move) {
        DkimKey key = row.shown();
        Map<String, String> details = new HashMap<>(move.why());
        details.put("key", Long.toString(key.id()));
        details.put("algorithm", key.algorithm().tag());
        details.put("before", key.state().stored());
        details.put("after", move.after().stored());
        String domain = key.domain().ascii();
        changes.record(
                handle,
                new Changes.Done(row.tenant(), move.action(), key.recordName(), details, ChangeKind.KEY, domain));
    }

    private static Problem unknownKey(long key) {
        return new Problem(Kind.UNKNOWN, "there is no key " + key);
    }
}
