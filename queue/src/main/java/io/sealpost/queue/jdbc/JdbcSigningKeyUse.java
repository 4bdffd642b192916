package io.sealpost.queue.jdbc;

import io.sealpost.database.Transactions;
import io.sealpost.queue.SigningKeyUse;
import org.jdbi.v3.core.Handle;

/** One statement in autocommit that reads a bounded part of the table. Thread-safe. */
public final class JdbcSigningKeyUse implements SigningKeyUse {
    /** Oldest first: what carries a key that signs no more is older than what came since. */
    static final String CARRYING = """
            SELECT COUNT(*) AS looked, IFNULL(SUM(FIND_IN_SET(:key, key_ids) > 0), 0) AS carrying
            FROM (SELECT key_ids FROM message ORDER BY id LIMIT :most) AS oldest""";

    private final Transactions transactions;

    /** Reads in these transactions. */
    public JdbcSigningKeyUse(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Carrying carrying(long key, int most) {
        return transactions.read(handle -> carrying(handle, key, most));
    }

    static Carrying carrying(Handle handle, long key, int most) {
        return handle.createQuery(CARRYING)
                .bind("key", Long.toString(key))
                .bind("most", most)
                .map((row, context) -> new Carrying(row.getInt("carrying"), row.getInt("looked")))
                .one();
    }
}
