package io.sealpost.queue.jdbc;

import io.sealpost.database.SqlTimes;
import io.sealpost.mail.MailDomain;
import io.sealpost.queue.Buckets;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.Origin;
import java.time.Instant;
import java.util.OptionalLong;

/** Very much mail of one account, stored quicker than intake would: one message, a delivery for each number. */
final class Flood {
    static final long ACCOUNT = 11; // As MailMaker's.

    private static final String DELIVERIES = """
            INSERT INTO delivery (id, message, n, tenant, account, priority, recipient, recipient_domain, bucket, state, next_at,
                                  attempts, notices_sent, line, version)
            SELECT :first + d.i, :message, :first + d.i, 7, 11, 0, CONCAT('r', d.i, '@', :domain), :domain, :bucket, :state,
                   :since + INTERVAL d.i MICROSECOND, IF(:state = 1, 0, 1), 0, :line, 1
            FROM (WITH RECURSIVE n AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count) SELECT i FROM n) d""";

    private final QueueWorld world;
    private final NewMessage message;
    private int first = 1_000_000;

    /** Of one message, which is stored too. */
    Flood(QueueWorld world) {
        this.world = world;
        this.message = world.mail().to(MailMaker.QUEUED, "first@flood.example");
        world.store(message);
    }

    /** So many to one domain, due since. */
    void to(String domain, int count, DeliveryState state, Instant since) {
        MailDomain to = MailDomain.parse(domain);
        Origin origin = new Origin(7, OptionalLong.of(ACCOUNT), OptionalLong.empty());
        world.transactions().read(handle -> {
            handle.execute("SET SESSION max_recursive_iterations = 10000000");
            return handle.createUpdate(DELIVERIES)
                    .bind("first", first)
                    .bind("message", message.envelope().id().value())
                    .bind("domain", domain)
                    .bind("bucket", Buckets.of(to))
                    .bind("state", state.code())
                    .bind("since", SqlTimes.toSql(since))
                    .bind("line", Line.of(0, origin, to))
                    .bind("count", count)
                    .execute();
        });
        first += count;
    }
}
