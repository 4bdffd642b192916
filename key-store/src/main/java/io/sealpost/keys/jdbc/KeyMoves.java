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
import java.time.Instant;
import java.util.Arrays;
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

    Activation activate(long key, ObservedRecords observed) {
        return changes.runPlain(handle -> {
            KeysSql.lockDomainOfKey(handle, key);
            return KeysSql.key(handle, key)
                    .map(row -> activate(handle, row, observed))
                    .orElseGet(() -> new Activation.Refused(unknownKey(key)));
        });
    }

    private Activation activate(Handle handle, KeyRow row, ObservedRecords observed) {
        DkimKey key = row.shown();
        if (key.state() == KeyState.ACTIVE) {
            return new Activated(key, Optional.empty());
        }
        if (key.state() != KeyState.PENDING) {
            return new Activation.Refused(new Problem(
                    Kind.WRONG_STATE,
                    "the key " + key.recordName() + " is " + key.state().stored()
                            + "; only a pending one can become active"));
        }
        List<String> objections = observed.objectionsTo(key);
        if (!objections.isEmpty()) {
            return new NotSeen(key, objections);
        }
        Arrays.fill(sealing.open(row.sealed(), row.place()), (byte) 0); // What cannot be opened must not become active.
        Optional<KeyRow> replaced = KeysSql.keys(handle, key.domain()).stream()
                .filter(other -> other.shown().state() == KeyState.ACTIVE)
                .filter(other -> other.shown().algorithm() == key.algorithm())
                .findFirst();
        Optional<DkimKey> retiring = replaced.map(other -> move(handle, other, KeyState.RETIRING, "dkim.replace"));
        return new Activated(move(handle, row, KeyState.ACTIVE, "dkim.activate"), retiring);
    }

    Outcome<DkimKey> retire(long key) {
        return changes.runPlain(handle -> {
            KeysSql.lockDomainOfKey(handle, key);
            Optional<KeyRow> row = KeysSql.key(handle, key);
            if (row.isEmpty()) {
                return new Outcome.Refused<>(unknownKey(key));
            }
            if (row.get().shown().state() == KeyState.RETIRED) {
                return Outcome.done(row.get().shown());
            }
            return Outcome.done(move(handle, row.get(), KeyState.RETIRED, "dkim.retire"));
        });
    }

    private DkimKey move(Handle handle, KeyRow row, KeyState state, String action) {
        Instant now = changes.now();
        int moved = KeysSql.moveKey(handle, row, state, now);
        if (moved != 1) {
            throw new IllegalStateException(
                    "key " + row.shown().id() + " moved under the lock of its domain: " + moved);
        }
        record(handle, row, action, state);
        return KeysSql.key(handle, row.shown().id()).orElseThrow().shown();
    }

    void record(Handle handle, KeyRow row, String action, KeyState state) {
        DkimKey key = row.shown();
        Map<String, String> details = Map.of(
                "key", Long.toString(key.id()),
                "algorithm", key.algorithm().tag(),
                "before", key.state().stored(),
                "after", state.stored());
        String domain = key.domain().ascii();
        changes.record(
                handle, new Changes.Done(row.tenant(), action, key.recordName(), details, ChangeKind.KEY, domain));
    }

    private static Problem unknownKey(long key) {
        return new Problem(Kind.UNKNOWN, "there is no key " + key);
    }
}
