package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.SettleResult;
import io.sealpost.queue.SettleResult.Settled;
import io.sealpost.queue.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server itself counts the commits. */
class SharedCommitsTest {
    private static QueueWorld world;

    @BeforeAll
    static void open() {
        world = QueueWorld.open();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void reset() {
        world.reset();
    }

    private static ClaimedMessage claimed(String recipient) {
        world.store(world.mail().to(MailMaker.QUEUED, recipient));
        return world.claimAll(1).get(0);
    }

    @Test
    void manySettlementsAtOnceShareCommits() throws Exception {
        List<Settlement> settlements = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            settlements.add(Results.settlement(claimed("b@x" + i + ".example"), Results::delivered));
        }
        JdbcQueueClaims claims = world.claims(1);
        long before = commits();

        List<SettleResult> results = atOnce(settlements.stream()
                .<Callable<SettleResult>>map(settlement -> () -> claims.settle(settlement))
                .toList());

        assertThat(results).hasSize(64).allMatch(Settled.class::isInstance);
        assertThat(commits() - before).isLessThan(40);
        assertThat(world.counts()).startsWith(0L, 0L, 0L);
    }

    @Test
    void manySubmissionsAtOnceShareCommits() throws Exception {
        JdbcQueueIntake intake = world.intake(1);
        List<NewMessage> messages = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            messages.add(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        }
        long before = commits();

        atOnce(messages.stream()
                .<Callable<Object>>map(message -> () -> intake.enqueue(message))
                .toList());

        assertThat(commits() - before).isLessThan(40);
        assertThat(world.counts()).containsExactly(64L, 64L, 64L, 64L);
    }

    private static long commits() {
        return world.transactions()
                .read(handle -> handle.select("SHOW GLOBAL STATUS LIKE 'Com_commit'")
                        .map((row, context) -> row.getLong(2))
                        .one());
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        CyclicBarrier start = new CyclicBarrier(calls.size());
        List<Future<T>> ends = new ArrayList<>();
        for (Callable<T> call : calls) {
            ends.add(threads.submit(() -> {
                start.await();
                return call.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> end : ends) {
            results.add(end.get());
        }
        threads.shutdown();
        return results;
    }
}
