package io.sealpost.keys.jdbc;

import io.sealpost.database.SqlTrouble;
import io.sealpost.database.Transactions;
import io.sealpost.keys.DataKey;
import io.sealpost.keys.DataKeys;
import io.sealpost.keys.KeyPurpose;
import io.sealpost.keys.MasterKey;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.jdbc.KeysSql.DataKeyRow;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Opens the data keys at the start of a process, and makes those that are missing. Thread-safe. */
public final class JdbcDataKeys {
    private static final int TRIES = 5;

    private final Transactions transactions;
    private final Clock clock;

    /** Reads and writes {@code data_key} in these transactions. */
    public JdbcDataKeys(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Whether the database has data keys, so that it needs the master key that wrapped them and no other. */
    public boolean anyStored() {
        return !transactions.read(KeysSql::dataKeys).isEmpty();
    }

    /** How many data keys this master key opens, without making any; refused as {@link #open}. */
    public Outcome<Integer> opened(MasterKey masterKey) {
        Outcome<List<DataKey>> stored = transactions.read(handle -> stored(KeysSql.dataKeys(handle), masterKey));
        return stored instanceof Outcome.Done<List<DataKey>> done
                ? Outcome.done(done.value().size())
                : new Outcome.Refused<>(((Outcome.Refused<List<DataKey>>) stored).problem());
    }

    /** All data keys; refused ({@link Kind#MASTER_KEY}) when one does not unwrap: this is not the master key of this database. */
    public Outcome<DataKeys> open(MasterKey masterKey) {
        for (int attempt = 1; ; attempt++) {
            try {
                Instant now = clock.instant();
                return transactions.run(handle -> open(handle, masterKey, now));
            } catch (RuntimeException failure) {
                // Another process made a key at the same moment: it is there now.
                if (SqlTrouble.of(failure) != SqlTrouble.DUPLICATE_KEY || attempt == TRIES) {
                    throw failure;
                }
            }
        }
    }

    private static Outcome<DataKeys> open(Handle handle, MasterKey masterKey, Instant now) {
        List<DataKeyRow> rows = KeysSql.dataKeys(handle);
        if (!missing(rows).isEmpty()) {
            rows = KeysSql.lockDataKeys(handle); // None is wrapped by a master key that is just being replaced.
        }
        Outcome<List<DataKey>> stored = stored(rows, masterKey);
        if (stored instanceof Outcome.Refused<List<DataKey>> refused) {
            return new Outcome.Refused<>(refused.problem());
        }
        List<DataKey> keys = new ArrayList<>(((Outcome.Done<List<DataKey>>) stored).value());
        long last = rows.stream().mapToLong(DataKeyRow::id).max().orElse(0);
        for (KeyPurpose purpose : missing(rows)) {
            // The next id, said by us: of two processes that make a key at once, one meets a duplicate and reads again.
            DataKey made = masterKey.newDataKey(++last, purpose);
            KeysSql.insertDataKey(handle, made.id(), purpose.stored(), masterKey.wrap(made), now);
            keys.add(made);
        }
        return Outcome.done(new DataKeys(keys));
    }

    private static List<KeyPurpose> missing(List<DataKeyRow> rows) {
        return Arrays.stream(KeyPurpose.values())
                .filter(purpose -> rows.stream().noneMatch(row -> row.purpose().equals(purpose.stored())))
                .toList();
    }

    private static Outcome<List<DataKey>> stored(List<DataKeyRow> rows, MasterKey masterKey) {
        List<DataKey> keys = new ArrayList<>();
        for (DataKeyRow row : rows) {
            Optional<KeyPurpose> purpose = purpose(row.purpose());
            if (purpose.isPresent()) { // Others are a newer release's.
                Optional<DataKey> key = masterKey.unwrap(row.id(), purpose.get(), row.wrapped());
                if (key.isEmpty()) {
                    return Outcome.refused(
                            Kind.MASTER_KEY,
                            "this master key is not the one of this database (data key " + row.id()
                                    + " does not open with it); put the right file back");
                }
                keys.add(key.get());
            }
        }
        return Outcome.done(keys);
    }

    private static Optional<KeyPurpose> purpose(String stored) {
        return Arrays.stream(KeyPurpose.values())
                .filter(known -> known.stored().equals(stored))
                .findFirst();
    }
}
