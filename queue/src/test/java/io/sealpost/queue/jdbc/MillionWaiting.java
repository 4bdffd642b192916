package io.sealpost.queue.jdbc;

import io.sealpost.database.SqlTimes;
import io.sealpost.mail.MailDomain;
import io.sealpost.queue.Buckets;
import io.sealpost.queue.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Fills a queue with very many messages of one delivery each, of a hundred accounts to a thousand domains, due in the next hours. */
final class MillionWaiting {
    static final int FIRST = 1_000_000;

    private static final int SLICE = 20_000;
    private static final int DOMAINS = 1000;
    private static final int ACCOUNTS = 100;

    private static final String DOMAIN_TABLE = """
            CREATE TABLE IF NOT EXISTS bench_line (i INT PRIMARY KEY, account BIGINT, domain VARCHAR(60), bucket INT, line BIGINT)""";
    private static final String NUMBERS = """
            CREATE TABLE IF NOT EXISTS bench_number (i INT PRIMARY KEY)""";
    private static final String MESSAGES = """
            INSERT INTO message (id, tenant, account, sender, prefix, key_ids, size, body_type, smtputf8, requiretls, priority, is_notice,
                                 received, expires)
            SELECT :from + n.i, 7, n.i MOD 100, 'a@sender.example', REPEAT('p', 600), '1,2', 1024, 0, 0, 0, 0, 0,
                   :now - INTERVAL 1 HOUR, :now + INTERVAL 5 DAY FROM bench_number n WHERE n.i < :count""";
    private static final String CONTENTS = """
            INSERT INTO message_content SELECT :from + n.i, 0, REPEAT('c', 1024) FROM bench_number n WHERE n.i < :count""";
    private static final String DELIVERIES = """
            INSERT INTO delivery (id, message, n, tenant, account, priority, recipient, recipient_domain, bucket, state, next_at,
                                  attempts, notices_sent, line, version, last_host, last_command, last_code, last_status, last_text)
            SELECT :from + n.i, :from + n.i, 0, 7, l.account, 0, CONCAT('r', n.i, '@', l.domain), l.domain, l.bucket, 3,
                   :due + INTERVAL ((:from + n.i) * 7919 MOD :over) SECOND, 1, 0, l.line, 2,
                   'mx.far.example[192.0.2.1]:25', 'RCPT', 450, '4.2.0', 'Greylisted, please try again later'
            FROM bench_number n JOIN bench_line l ON l.i = n.i MOD 1000
            WHERE n.i < :count""";
    private static final String JOURNAL = """
            INSERT INTO journal SELECT :now - INTERVAL 31 DAY + INTERVAL (:from + n.i) MICROSECOND, :from + n.i, :from + n.i,
                   'RECEPTION', REPEAT('j', 200) FROM bench_number n WHERE n.i < :count""";

    private MillionWaiting() {}

    /** Deferred: the oldest tenth is due from an hour on, over 24 minutes; the others from two hours on, over four. */
    static void load(QueueWorld world, int count) {
        Instant now = world.clock().instant();
        int tenth = count / 10;
        load(world, FIRST, tenth, now.plus(Duration.ofHours(1)), Duration.ofMinutes(24));
        load(world, FIRST + tenth, count - tenth, now.plus(Duration.ofHours(2)), Duration.ofHours(4));
    }

    /** The same from this id on, due from some time on, spread over another. */
    static void load(QueueWorld world, int first, int count, Instant due, Duration over) {
        world.transactions().read(handle -> {
            prepare(handle);
            return null;
        });
        for (int done = 0; done < count; done += SLICE) {
            for (String sql : new String[] {MESSAGES, CONTENTS, DELIVERIES, JOURNAL}) {
                int from = first + done;
                int some = Math.min(SLICE, count - done);
                world.transactions()
                        .read(handle -> handle.createUpdate(sql)
                                .bind("from", from)
                                .bind("count", some)
                                .bind("now", SqlTimes.toSql(world.clock().instant()))
                                .bind("due", SqlTimes.toSql(due))
                                .bind("over", Math.max(1, over.toSeconds()))
                                .execute());
            }
        }
        world.transactions()
                .read(handle -> handle.execute("ANALYZE TABLE message, delivery, journal, message_content"));
    }

    private static void prepare(Handle handle) {
        handle.execute(DOMAIN_TABLE);
        handle.execute(NUMBERS);
        handle.execute("SET SESSION max_recursive_iterations = 100000");
        handle.execute(
                "INSERT IGNORE INTO bench_number WITH RECURSIVE n AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)"
                        + " SELECT i FROM n",
                SLICE);
        handle.execute("INSERT IGNORE INTO bench_line VALUES "
                + IntStream.range(0, DOMAINS).mapToObj(MillionWaiting::line).collect(Collectors.joining(", ")));
    }

    private static String line(int i) {
        MailDomain domain = MailDomain.parse("d" + i + ".example");
        int account = i % ACCOUNTS;
        Origin origin = new Origin(7, OptionalLong.of(account), OptionalLong.empty());
        return "(" + i + ", " + account + ", '" + domain.ascii() + "', " + Buckets.of(domain) + ", "
                + Line.of(0, origin, domain) + ")";
    }
}
