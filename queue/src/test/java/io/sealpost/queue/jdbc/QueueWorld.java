package io.sealpost.queue.jdbc;

import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.TimeOrderedIds;
import io.sealpost.database.Transactions;
import io.sealpost.fixtures.FaultPoints;
import io.sealpost.fixtures.MariaDbServer;
import io.sealpost.fixtures.MovableClock;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueClaims;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real MariaDB with the queue's tables, empty, and nodes that work on it. */
final class QueueWorld implements AutoCloseable {
    static final Set<Integer> ALL_BUCKETS =
            IntStream.range(0, QueueClaims.BUCKETS).boxed().collect(Collectors.toSet());
    static final Duration LEASE = Duration.ofMinutes(5);

    private final TestDatabase database;
    private final MovableClock clock = MovableClock.at("2026-03-01T12:00:00Z");
    private final Map<Integer, TimeOrderedIds> ids = new HashMap<>();
    private final MailMaker mail = new MailMaker(clock, ids(9));

    private QueueWorld(TestDatabase database) {
        this.database = database;
    }

    DatabaseSettings settings() {
        return database.settings();
    }

    static QueueWorld open() {
        return new QueueWorld(TestDatabase.open(QueueMigrations.SET));
    }

    /** The same on a server of the test's own. */
    static QueueWorld on(MariaDbServer server) {
        return new QueueWorld(TestDatabase.on(server, QueueMigrations.SET));
    }

    /** Empties the tables: of a few rows much quicker than making the tables anew. */
    void reset() {
        transactions().run(handle -> {
            List.of("message", "message_content", "delivery", "journal", "change_feed", "audit", "suspension")
                    .forEach(table -> handle.execute("DELETE FROM " + table));
            return null;
        });
        clock.set(Instant.parse("2026-03-01T12:00:00Z"));
    }

    Transactions transactions() {
        return database.transactions();
    }

    /** Transactions on the same tables whose connections break where a test wants it. */
    FaultPoints faults() {
        return FaultPoints.on(database);
    }

    MovableClock clock() {
        return clock;
    }

    MailMaker mail() {
        return mail;
    }

    /** Ids by the machine's clock: the movable one stands still. */
    TimeOrderedIds ids(int node) {
        return ids.computeIfAbsent(node, number -> new TimeOrderedIds(Clock.systemUTC(), number));
    }

    static QueueSettings settings(int node) {
        return new QueueSettings(node, LEASE, Duration.ofSeconds(20));
    }

    JdbcQueueIntake intake(int node) {
        return new JdbcQueueIntake(transactions(), clock, ids(node), settings(node));
    }

    JdbcQueueClaims claims(int node) {
        return new JdbcQueueClaims(transactions(), clock, ids(node), settings(node));
    }

    JdbcQueueInspection inspection() {
        return new JdbcQueueInspection(transactions(), clock, ids(8)::next, "root@test");
    }

    JdbcQueueMaintenance maintenance() {
        return new JdbcQueueMaintenance(transactions(), clock);
    }

    void store(NewMessage... messages) {
        JdbcQueueIntake intake = intake(9);
        for (NewMessage message : messages) {
            intake.enqueue(message);
        }
    }

    /** What node claims at once of all buckets. */
    List<ClaimedMessage> claimAll(int node) {
        return claims(node).claimDue(ALL_BUCKETS, 1000);
    }

    long count(String table) {
        return number("SELECT COUNT(*) FROM " + table);
    }

    long number(String sql) {
        return transactions()
                .read(handle -> handle.select(sql).mapTo(Long.class).one());
    }

    /** The rows of a query of one text column. */
    List<String> texts(String sql) {
        return transactions()
                .read(handle -> handle.select(sql).mapTo(String.class).list());
    }

    /** Rows of message, message_content, delivery and journal, as of one moment. */
    List<Long> counts() {
        return transactions()
                .read(handle -> handle.select("""
                        SELECT (SELECT COUNT(*) FROM message), (SELECT COUNT(*) FROM message_content),
                               (SELECT COUNT(*) FROM delivery), (SELECT COUNT(*) FROM journal)""")
                        .map((row, context) -> List.of(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                        .one());
    }

    @Override
    public void close() {
        database.close();
    }
}
