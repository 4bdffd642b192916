package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.MailDomain;
import io.sealpost.queue.Buckets;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueFailing;
import io.sealpost.queue.QueueFailing.FailedMail;
import io.sealpost.queue.QueueFailing.FailureNotices;
import io.sealpost.queue.QueueFailing.Told;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.SettleResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcQueueFailingTest {
    private static QueueWorld world;

    private final List<FailedMail> asked = new ArrayList<>();

    @BeforeAll
    static void open() {
        world = QueueWorld.open();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void empty() {
        world.reset();
    }

    private static QueueFailing failing() {
        return new JdbcQueueFailing(
                world.transactions(), world.clock(), world.ids(8), QueueWorld.settings(8), "root@test");
    }

    private Optional<Told> notice(FailedMail mail) {
        asked.add(mail);
        return Optional.of(new Told(world.mail().notice(), List.of()));
    }

    private static long notices() {
        return world.number("SELECT COUNT(*) FROM message WHERE is_notice");
    }

    private int fail(FailureNotices notices) {
        return failing().fail(QueueFilter.ALL.withSender("a@sender.example"), Optional.of("closed"), notices);
    }

    @Test
    void theDeliveryGoesAndItsNoticeComesInOneCommit() {
        NewMessage message = world.mail().to(MailMaker.QUEUED, "b@x.example", "c@y.example");
        world.store(message);

        assertThat(fail(this::notice)).isEqualTo(2);
        assertThat(asked).singleElement().satisfies(mail -> {
            assertThat(mail.envelope()).isEqualTo(message.envelope());
            assertThat(mail.reason()).contains("closed");
            assertThat(mail.deliveries()).hasSize(2);
        });
        assertThat(world.counts()).startsWith(1L, 1L, 1L);
        assertThat(notices()).isEqualTo(1);
        assertThat(world.texts("SELECT CONCAT_WS(' ', actor, action, json) FROM audit"))
                .containsExactly("root@test queue.fail {\"deliveries\":\"2\",\"reason\":\"closed\"}");
        assertThat(world.texts("SELECT kind FROM change_feed")).containsExactly("QUEUE_END");
    }

    @Test
    void whoIsNotToBeToldIsNot() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));

        assertThat(fail(mail -> Optional.empty())).isEqualTo(1);
        assertThat(world.counts()).startsWith(0L, 0L, 0L);
    }

    @Test
    void whatANodeWorksOnIsPassedOver() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        world.claimAll(1);

        assertThat(fail(this::notice)).isZero();
        assertThat(asked).isEmpty();
    }

    @Test
    void aNoticeIsMadeAnewWithoutWhatANodeTookMeanwhile() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example", "c@y.example"));

        int failed = fail(mail -> {
            if (asked.isEmpty()) { // One of the two is claimed while the notice is being made.
                world.claims(1).claimDue(Set.of(Buckets.of(MailDomain.parse("x.example"))), 10);
            }
            return notice(mail);
        });

        assertThat(failed).isEqualTo(1);
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1).deliveries())
                .singleElement()
                .satisfies(left ->
                        assertThat(left.recipient().address().toString()).isEqualTo("c@y.example"));
        assertThat(notices()).isEqualTo(1);
        assertThat(world.texts("SELECT recipient FROM delivery WHERE recipient = 'b@x.example'"))
                .hasSize(1);
    }

    @Test
    void aFilterThatCoversAllDoesNotTakeTheNoticesThatWereMadeForIt() {
        world.store(
                world.mail().to(MailMaker.QUEUED, "b@x.example"), world.mail().to(MailMaker.QUEUED, "c@x.example"));

        assertThat(failing().fail(QueueFilter.ALL, Optional.of("closed"), this::notice))
                .isEqualTo(2);

        assertThat(notices()).isEqualTo(2);
    }

    /** Each delivery ends once: by the node with a result, or by hand with a notice. */
    @Test
    void aRaceWithNodesNeitherLosesNorDoubles() throws Exception {
        int mails = 150;
        for (int i = 0; i < mails; i++) {
            world.store(world.mail().to(MailMaker.QUEUED, "r" + i + "@x.example"));
        }
        ExecutorService pool = Executors.newFixedThreadPool(3);
        List<Callable<Integer>> racers = List.of(
                () -> fail(mail -> Optional.of(new Told(world.mail().notice(), List.of()))),
                () -> deliver(1),
                () -> deliver(2));
        int ended = 0;
        for (Future<Integer> racer : pool.invokeAll(racers, 60, TimeUnit.SECONDS)) {
            ended += racer.get();
        }
        pool.shutdown();

        assertThat(ended).isEqualTo(mails);
        long failed = world.number("SELECT COUNT(*) FROM journal WHERE kind = 'ADMIN'");
        assertThat(notices()).isEqualTo(failed);
        assertThat(world.number("SELECT COUNT(*) FROM delivery WHERE recipient LIKE 'r%'"))
                .isZero();
    }

    /** Claims and delivers ten at a time until nothing more is due; how many were settled. */
    private static int deliver(int node) {
        int settled = 0;
        List<ClaimedMessage> claimed = world.claims(node).claimDue(QueueWorld.ALL_BUCKETS, 10);
        while (!claimed.isEmpty()) {
            for (ClaimedMessage message : claimed) {
                if (message.envelope().sender().isPresent()) {
                    SettleResult result = world.claims(node).settle(Results.settlement(message, Results::delivered));
                    settled += result instanceof SettleResult.Settled ? 1 : 0;
                }
            }
            claimed = world.claims(node).claimDue(QueueWorld.ALL_BUCKETS, 10);
        }
        return settled;
    }
}
