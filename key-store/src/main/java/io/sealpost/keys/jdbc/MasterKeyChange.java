package io.sealpost.keys.jdbc;

import io.sealpost.account.Tenant;
import io.sealpost.keys.MasterKey;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.jdbc.KeysSql.DataKeyRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Wraps the data keys by another master key. The data keys themselves stay, so that nothing that they sealed is touched, and whoever has
 * them open goes on. Thread-safe.
 */
public final class MasterKeyChange {
    private final Changes changes;

    /** Acts as the actor of {@code changes}. */
    public MasterKeyChange(Changes changes) {
        this.changes = changes;
    }

    /**
     * Wraps all data keys anew, in one transaction; what {@code next} wrapped already stays, so that a second call finishes what a first
     * may have left. Returns how many data keys there are. Refused ({@link Kind#MASTER_KEY}) when neither opens one of them.
     */
    public Outcome<Integer> rewrap(MasterKey current, MasterKey next) {
        return changes.run("", handle -> rewrap(handle, current, next));
    }

    private Outcome<Integer> rewrap(Handle handle, MasterKey current, MasterKey next) {
        List<DataKeyRow> rows = KeysSql.lockDataKeys(handle);
        List<DataKeyRow> old = rows.stream()
                .filter(row -> !next.opens(row.id(), row.purpose(), row.wrapped()))
                .toList();
        Optional<DataKeyRow> strange = old.stream()
                .filter(row -> !current.opens(row.id(), row.purpose(), row.wrapped()))
                .findFirst();
        if (strange.isPresent()) {
            return Outcome.refused(
                    Kind.MASTER_KEY,
                    "this master key is not the one of this database (data key "
                            + strange.get().id() + " does not open with it); put the right file back");
        }
        for (DataKeyRow row : old) {
            byte[] again =
                    current.rewrap(next, row.id(), row.purpose(), row.wrapped()).orElseThrow();
            if (KeysSql.rewrapDataKey(handle, row, again) != 1) {
                throw new IllegalStateException("data key " + row.id() + " changed under our lock");
            }
        }
        if (!old.isEmpty()) {
            Map<String, String> details = Map.of("data-keys", Integer.toString(rows.size()));
            changes.audit(handle, Tenant.OPERATOR, "master-key.rotate", "data_key", details);
        }
        return Outcome.done(rows.size());
    }
}
