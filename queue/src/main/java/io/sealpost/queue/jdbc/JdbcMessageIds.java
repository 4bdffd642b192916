package io.sealpost.queue.jdbc;

import io.sealpost.database.Transactions;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.MessageIds;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Looks through the newest rows of the journal, which has no key for this; in autocommit. Thread-safe. */
public final class JdbcMessageIds implements MessageIds {
    private static final int LOOKED_AT = 100_000;
    static final String FIND = """
            SELECT message FROM (SELECT at, id, message, kind, json FROM journal ORDER BY at DESC, id DESC LIMIT :most) AS newest
            WHERE kind = 'RECEPTION' AND JSON_VALUE(json, '$.message_id') IN (:bare, :bracketed)
            ORDER BY at DESC, id DESC LIMIT 1""";

    private final Transactions transactions;

    /** Reads in these transactions. */
    public JdbcMessageIds(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<QueueId> find(String messageId) {
        return transactions.read(handle -> find(handle, messageId, LOOKED_AT));
    }

    static Optional<QueueId> find(Handle handle, String messageId, int most) {
        String bare = ForeignText.escape(messageId.replaceAll("^<|>$", "")); // As the journal has it.
        return handle.createQuery(FIND)
                .bind("most", most)
                .bind("bare", bare)
                .bind("bracketed", "<" + bare + ">")
                .mapTo(Long.class)
                .findOne()
                .map(QueueId::new);
    }
}
