package io.sealpost.cli.story;

import io.sealpost.database.Transactions;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.jdbc.JdbcQueueMaintenance;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** What a campaign finds in the tables once all is quiet. */
final class CampaignTables {
    private final Transactions transactions;

    CampaignTables(RelayUnderTest relay) {
        this.transactions = relay.database().transactions();
    }

    /** Sweeps as a node does each minute, from end to end; returns the rows that stay. */
    long leftBehind() {
        JdbcQueueMaintenance maintenance = new JdbcQueueMaintenance(transactions, Clock.systemUTC());
        int swept;
        do {
            swept = maintenance.sweepEnded();
        } while (swept > 0);
        return number("SELECT (SELECT COUNT(*) FROM message) + (SELECT COUNT(*) FROM message_content)"
                + " + (SELECT COUNT(*) FROM delivery)");
    }

    /** The first of what still waits, with its lease and its last reply. */
    List<String> waiting() {
        return transactions.read(
                handle -> handle.select("""
                        SELECT CONCAT_WS(' ', message, recipient, 'state', state, 'next', next_at, 'tried', attempts, 'node', IFNULL(node, '-'),
                                         'until', IFNULL(lease_until, '-'), IFNULL(last_text, '-'))
                        FROM delivery LIMIT 20""").mapTo(String.class).list());
    }

    /** Recipients whose delivery stands in the journal twice or more. */
    List<String> settledOtherwiseThanOnce() {
        return transactions.read(
                handle -> handle.select("""
                        SELECT CONCAT(message, ' ', JSON_VALUE(json, '$.recipient'), ' ', COUNT(*)) FROM journal
                        WHERE kind = 'DELIVERY' GROUP BY message, JSON_VALUE(json, '$.recipient') HAVING COUNT(*) <> 1""").mapTo(String.class).list());
    }

    /** Ids of all messages that were ever stored. */
    Set<String> accepted() {
        return transactions.read(
                handle -> handle.select("SELECT DISTINCT message FROM journal WHERE kind = 'RECEPTION'")
                        .mapTo(Long.class)
                        .map(id -> new QueueId(id).toString())
                        .set());
    }

    private long number(String sql) {
        return transactions.read(handle -> handle.select(sql).mapTo(Long.class).one());
    }
}
