package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.Lease;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueRow;
import io.sealpost.queue.SettleResult;
import io.sealpost.queue.SettleResult.LeaseLost;
import io.sealpost.queue.SettleResult.Settled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettleTest {
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

    private static ClaimedMessage claimed(String... recipients) {
        world.store(world.mail().to(MailMaker.QUEUED, recipients));
        return world.claimAll(1).get(0);
    }

    private static QueueRow onlyRow() {
        return world.inspection().list(QueueFilter.ALL, 10).get(0);
    }

    @Test
    void deliveredMailLeavesTheTablesAndStaysInTheJournal() {
        ClaimedMessage message = claimed("b@x.example", "c@x.example");

        SettleResult result = world.claims(1).settle(Results.settlement(message, Results::delivered));

        assertThat(result).isEqualTo(new Settled());
        assertThat(world.counts()).containsExactly(0L, 0L, 0L, 2L);
        assertThat(world.inspection().trace(message.envelope().id()).stream().map(JournalEntry::kind))
                .containsExactly(JournalEntry.Kind.RECEPTION, JournalEntry.Kind.DELIVERY);
    }

    @Test
    void contentStaysWhileADeliveryIsOpen() {
        ClaimedMessage message = claimed("b@x.example", "c@x.example");
        List<Lease> leases = Results.leases(message);
        DeliveryResult first = Results.delivered(leases.get(0));

        world.claims(1).settle(Results.settlement(message, List.of(first), Optional.empty()));

        assertThat(world.counts()).startsWith(1L, 1L, 1L);
        assertThat(world.maintenance().sweepEnded()).isZero();
        assertThat(world.counts()).startsWith(1L, 1L, 1L);
    }

    @Test
    void aDeferredDeliveryWaitsForItsTime() {
        ClaimedMessage message = claimed("b@x.example");
        Instant nextAt = world.clock().instant().plus(Duration.ofMinutes(5));

        world.claims(1).settle(Results.settlement(message, Results.deferred(nextAt)));

        QueueRow.Status status = onlyRow().status();
        assertThat(status.state()).isEqualTo(DeliveryState.DEFERRED);
        assertThat(status.nextAt()).isEqualTo(nextAt);
        assertThat(status.progress().attempts()).isEqualTo(1);
        assertThat(status.progress().lastReply()).contains(Results.LATER);
        assertThat(world.claimAll(2)).isEmpty();
        world.clock().advance(Duration.ofMinutes(5));
        assertThat(world.claimAll(2)).hasSize(1);
    }

    @Test
    void aHeldDeliveryWaitsForItsReleaseAndKnowsWhereItWas() {
        ClaimedMessage message = claimed("b@x.example");

        world.claims(1).settle(Results.settlement(message, Results::held));

        assertThat(onlyRow().status().state()).isEqualTo(DeliveryState.HOLD);
        assertThat(onlyRow().status().holdReason()).contains("its key is retired");
        assertThat(world.claimAll(2)).isEmpty();
        assertThat(world.inspection().release(QueueFilter.ALL)).isEqualTo(1);
        assertThat(onlyRow().status().state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(world.claimAll(2)).hasSize(1);
    }

    @Test
    void aNoticeIsStoredWithTheEndOfItsDelivery() {
        ClaimedMessage message = claimed("b@x.example");
        NewMessage notice = world.mail().notice();
        List<DeliveryResult> bounced =
                List.of(Results.bounced(Results.leases(message).get(0)));

        world.claims(1).settle(Results.settlement(message, bounced, Optional.of(notice)));

        assertThat(world.claimAll(2))
                .singleElement()
                .satisfies(claimed -> assertThat(claimed.envelope()).isEqualTo(notice.envelope()));
        assertThat(world.counts()).containsExactly(1L, 1L, 1L, 3L);
    }

    @Test
    void nothingIsWrittenWhereOneLeaseIsLost() {
        ClaimedMessage message = claimed("b@x.example", "c@x.example", "d@x.example");
        List<Lease> leases = Results.leases(message);
        world.claims(1).giveBack(List.of(leases.get(1)));
        List<Long> before = world.counts();
        List<DeliveryResult> results =
                List.of(Results.bounced(leases.get(0)), Results.bounced(leases.get(1)), Results.held(leases.get(2)));

        SettleResult result = world.claims(1)
                .settle(Results.settlement(
                        message, results, Optional.of(world.mail().notice())));

        assertThat(result).isEqualTo(new LeaseLost(List.of(leases.get(1))));
        assertThat(world.counts()).isEqualTo(before);
        assertThat(world.claims(1).renew(leases)).hasSize(2);
    }

    @Test
    void aPausedNodeCannotSettleWhatOthersHold() {
        ClaimedMessage message = claimed("b@x.example");
        world.claims(2).freeLeasesOf(1);
        ClaimedMessage taken = world.claimAll(2).get(0);

        assertThat(world.claims(1).settle(Results.settlement(message, Results::delivered)))
                .isEqualTo(new LeaseLost(Results.leases(message)));
        assertThat(world.claims(2).settle(Results.settlement(taken, Results::delivered)))
                .isEqualTo(new Settled());
        assertThat(world.claims(1).settle(Results.settlement(message, Results::delivered)))
                .isInstanceOf(LeaseLost.class);
    }

    @Test
    void anotherNodesLeaseIsNotSettledEvenWithItsVersion() {
        ClaimedMessage message = claimed("b@x.example");

        assertThat(world.claims(2).settle(Results.settlement(message, Results::delivered)))
                .isInstanceOf(LeaseLost.class);
    }

    /** Where a batch holds a settlement that lost its lease, the others of the batch are settled all the same. */
    @Test
    void oneLostLeaseDoesNotCostTheOthersOfItsBatch() {
        List<ClaimedMessage> messages = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            messages.add(claimed("b@x.example"));
        }
        world.claims(1).giveBack(Results.leases(messages.get(2)));
        Settling settling = new Settling(
                world.transactions(), new MessageWriter(world.clock(), world.ids(1), QueueWorld.settings(1)), 1);
        List<Settling.Planned> batch = messages.stream()
                .map(message -> settling.plan(Results.settlement(message, Results::delivered)))
                .toList();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> settling.commit(batch)))
                .hasMessage("leases lost");
        assertThat(world.count("delivery")).isEqualTo(5);
        assertThat(batch.stream().map(settling::commitAlone).map(Object::getClass))
                .containsExactly(
                        List.<Class<?>>of(Settled.class, Settled.class, LeaseLost.class, Settled.class, Settled.class)
                                .toArray(new Class<?>[0]));
        assertThat(world.counts()).startsWith(1L, 1L, 1L);
    }

    /** Each node sees the other's delivery still open, so neither removes the message; the sweep does. */
    @Test
    void whatTwoNodesEndAtTheSameTimeIsSweptLater() {
        ClaimedMessage message = claimed("b@x.example", "c@x.example");
        List<Lease> leases = Results.leases(message);
        world.transactions().run(one -> {
            end(one, leases.get(0));
            world.transactions().run(other -> {
                end(other, leases.get(1));
                return null;
            });
            return null;
        });
        assertThat(world.counts()).startsWith(1L, 1L, 0L);

        assertThat(world.maintenance().sweepEnded()).isEqualTo(1);
        assertThat(world.counts()).startsWith(0L, 0L, 0L);
    }

    private static void end(Handle handle, Lease lease) {
        SettleSql.end(handle, List.of((DeliveryResult.Ended) Results.delivered(lease)), 1);
        EndedMessages.remove(handle, List.of(lease.message().value()));
    }

    @Test
    void aHoldAskedForDuringAnAttemptIsDoneWhenTheAttemptIsDeferred() {
        ClaimedMessage message = claimed("b@x.example", "c@x.example");
        List<Lease> leases = Results.leases(message);
        assertThat(world.inspection().hold(QueueFilter.ALL, "abuse")).isEqualTo(2);
        assertThat(onlyRow().status().state()).isEqualTo(DeliveryState.ACTIVE);
        List<DeliveryResult> results = List.of(
                Results.delivered(leases.get(0)),
                Results.deferred(world.clock().instant()).apply(leases.get(1)));

        assertThat(world.claims(1).settle(Results.settlement(message, results, Optional.empty())))
                .isEqualTo(new Settled());

        assertThat(onlyRow().status().state()).isEqualTo(DeliveryState.HOLD);
        assertThat(onlyRow().status().holdReason()).contains("abuse");
        world.inspection().release(QueueFilter.ALL);
        assertThat(onlyRow().status().state()).isEqualTo(DeliveryState.DEFERRED);
    }

    @Test
    void aLongReplyInStrangeCharactersIsCutNotRefused() {
        ClaimedMessage message = claimed("b@x.example");
        RemoteReply endless = new RemoteReply(
                "h".repeat(1000),
                "c".repeat(1000),
                450,
                Optional.of(EnhancedStatus.of("4.999.999")),
                "\uD83D\uDE00\0".repeat(3000));

        world.claims(1)
                .settle(Results.settlement(
                        message,
                        lease -> new DeliveryResult.Deferred(
                                lease, endless, world.clock().instant(), 0)));

        RemoteReply stored = onlyRow().status().progress().lastReply().orElseThrow();
        assertThat(stored.text()).isEqualTo("\uD83D\uDE00\0".repeat(1000));
        assertThat(stored.host()).hasSize(320);
        assertThat(stored.status()).isEqualTo(endless.status());
    }
}
