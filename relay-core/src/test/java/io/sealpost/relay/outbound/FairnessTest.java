package io.sealpost.relay.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.database.Change;
import io.sealpost.database.ChangeKind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody waits behind another's flood, and a site that is down costs one attempt. */
final class FairnessTest {
    private static final long OTHER = 8;

    private final Outbound out = new Outbound(8, 2, "1M");

    @AfterEach
    void stop() {
        out.service.drain(Duration.ofSeconds(5));
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    private int place(String recipient) {
        return out.net.transmissions().stream()
                .map(sent -> sent.recipients().get(0).address().toString())
                .toList()
                .indexOf(recipient);
    }

    private void awaitAllDelivered() {
        await().untilAsserted(() -> assertThat(out.queue.states()).allMatch(state -> state.endsWith(" DELIVERED")));
    }

    @Test
    void anothersSingleMessageFindsAWorkerThoughAnAccountsPeersAllHang() {
        CountDownLatch gate = out.net.block();
        for (int i = 0; i < 100; i++) {
            out.fresh("u" + i + "@slow" + i + ".example");
        }
        await().until(() -> out.net.transmissions().size() == 7);

        out.freshOf(OTHER, "you@far.example");

        await().until(() -> place("you@far.example") == 7);
        gate.countDown();
        awaitAllDelivered();
    }

    @Test
    void toTheSameSiteItIsNextWhenItsTurnHasCome() {
        CountDownLatch gate = out.net.block("slow.example");
        for (int i = 0; i < 50; i++) {
            out.fresh("u" + i + "@slow.example");
        }
        await().until(() -> out.net.transmissions().size() == 2);

        out.freshOf(OTHER, "you@slow.example");
        out.freshOf(OTHER, "other@far.example"); // When it is there, the first stands in line.
        await().until(() -> out.queue.states().contains("other@far.example DELIVERED"));
        gate.countDown();

        awaitAllDelivered();
        assertThat(place("you@slow.example")).isLessThanOrEqualTo(6);
    }

    @Test
    void whatWaitsInTheQueueForASlowSiteKeepsNeitherOthersNorOtherSitesOut() {
        CountDownLatch gate = out.net.block("slow.example");
        for (int i = 0; i < 200; i++) {
            out.queued("u" + i + "@slow.example");
        }
        out.queuedOf(OTHER, "you@slow.example");
        out.queued("me@far.example");
        out.service.start();

        await().until(() -> out.queue.states().contains("me@far.example DELIVERED"));
        await().until(() -> out.queue.states().contains("you@slow.example ACTIVE"));
        gate.countDown();
        awaitAllDelivered();
        assertThat(place("you@slow.example")).isLessThan(20);
    }

    @Test
    void memoryForFreshMailHasRoomForOneMoreAccount() {
        Outbound tight = new Outbound(1, "100K");
        CountDownLatch gate = tight.net.block();
        int taken = 0;
        while (tight.fresh("u@x.example")) {
            taken++;
        }
        assertThat(taken).isBetween(25, 31);
        assertThat(tight.freshOf(OTHER, "you@x.example")).isTrue();
        gate.countDown();
        await().until(() -> tight.fresh("u@x.example"));
        tight.service.drain(Duration.ofSeconds(5));
    }

    @Test
    void aSiteThatIsDownCostsOneAttemptAPause() {
        out.net.unreachable("dead.example");
        out.fresh("first@dead.example");
        await().until(() -> out.queue.states().contains("first@dead.example DEFERRED"));

        for (int i = 0; i < 30; i++) {
            out.fresh("u" + i + "@dead.example");
        }
        await().untilAsserted(() ->
                assertThat(out.queue.states()).hasSize(31).allMatch(state -> state.endsWith(" DEFERRED")));
        assertThat(out.net.transmissions()).hasSize(1);
        assertThat(out.queue.progress("u3@dead.example").attempts()).isEqualTo(1);
        assertThat(out.queue
                        .progress("u3@dead.example")
                        .lastReply()
                        .orElseThrow()
                        .text())
                .isEqualTo("not tried now, since another attempt met: 4.4.1 timed out");
        assertThat(out.queue.nextAt("u3@dead.example"))
                .isBetween(
                        out.clock.instant().plusSeconds(54), out.clock.instant().plusSeconds(66));

        out.clock.advance(Duration.ofSeconds(67)); // All are due and the pause is over: one finds out for all.
        out.service.start();
        await().untilAsserted(() -> assertThat(IntStream.range(0, 30))
                .allMatch(i -> out.queue.progress("u" + i + "@dead.example").attempts() == 2));
        await().untilAsserted(() -> assertThat(out.queue.states()).allMatch(state -> state.endsWith(" DEFERRED")));
        assertThat(out.net.transmissions()).hasSize(2);

        out.net.reachable("dead.example");
        out.clock.advance(Duration.ofMinutes(6));
        awaitAllDelivered();
    }

    @Test
    void whileOneFindsOutTheOthersWaitForWhatItFinds() {
        out.net.unreachable("dead.example");
        out.fresh("first@dead.example");
        await().until(() -> out.queue.states().contains("first@dead.example DEFERRED"));
        out.net.reachable("dead.example");
        CountDownLatch gate = out.net.block("dead.example");
        out.clock.advance(Duration.ofSeconds(67));

        for (int i = 0; i < 30; i++) {
            out.fresh("u" + i + "@dead.example");
        }
        out.fresh("you@far.example");
        await().until(() -> out.queue.states().contains("you@far.example DELIVERED"));
        assertThat(out.net.transmissions()).hasSize(3);
        gate.countDown();
        await().untilAsserted(() ->
                assertThat(out.queue.states().subList(1, 32)).allMatch(state -> state.endsWith(" DELIVERED")));
    }

    @Test
    void aRetryByHandEndsAPauseAsOneOfOtherActsDoesNot() {
        out.net.unreachable("dead.example");
        out.fresh("first@dead.example");
        await().until(() -> out.queue.states().contains("first@dead.example DEFERRED"));
        out.net.reachable("dead.example");

        out.service.retries().changed(new Change(ChangeKind.QUEUE_HOLD, "", out.clock.instant()));
        out.fresh("early@dead.example");
        await().until(() -> out.queue.states().contains("early@dead.example DEFERRED"));

        out.service.retries().changed(new Change(ChangeKind.QUEUE_RETRY, "", out.clock.instant()));
        out.fresh("late@dead.example");
        await().until(() -> out.queue.states().contains("late@dead.example DELIVERED"));
    }
}
