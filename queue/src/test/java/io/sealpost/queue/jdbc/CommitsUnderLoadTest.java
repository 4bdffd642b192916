package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.PrivateMariaDb;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.NewMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many commits the server makes for a mail, by its own count, with so many clients that wait for their answers. */
@Tag("million")
class CommitsUnderLoadTest {
    private static final int MAILS = 4096;

    private static PrivateMariaDb server;
    private static QueueWorld world;

    @BeforeAll
    static void open() {
        server = PrivateMariaDb.start();
        world = QueueWorld.on(server.behindFront());
    }

    @AfterAll
    static void close() {
        world.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1.01", "4, 0.6", "16, 0.2", "64, 0.08", "256, 0.03"})
    void manyClientsShareCommits(int count, double most) throws Exception {
        JdbcQueueIntake intake = world.intake(1);
        JdbcQueueClaims claims = world.claims(1);
        List<NewMessage> messages = IntStream.range(0, MAILS)
                .mapToObj(i -> world.mail().to(MailMaker.QUEUED, "b@new" + i % 50 + ".example"))
                .toList();
        try (Clients clients = new Clients(count)) {
            double accepted = commits(() -> clients.each(messages, intake::enqueue));
            List<ClaimedMessage> claimed = new ArrayList<>();
            while (claimed.size() < MAILS) {
                claimed.addAll(claims.claimDue(QueueWorld.ALL_BUCKETS, 500));
            }
            double settled = commits(() ->
                    clients.each(claimed, message -> claims.settle(Results.settlement(message, Results::delivered))));
            System.out.printf(
                    Locale.ROOT, "%d clients: %.3f commits a mail accepted, %.3f settled%n", count, accepted, settled);
            assertThat(accepted).isLessThan(most);
            assertThat(settled).isLessThan(most);
        }
    }

    private static double commits(SideBySide.Work work) throws Exception {
        long before = count();
        work.run();
        return (count() - before) / (double) MAILS;
    }

    private static long count() {
        return world.transactions()
                .read(handle -> handle.select("SHOW GLOBAL STATUS LIKE 'Com_commit'")
                        .map((row, context) -> row.getLong(2))
                        .one());
    }
}
