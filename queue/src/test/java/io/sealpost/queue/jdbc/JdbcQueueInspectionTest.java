package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueuePosition;
import io.sealpost.queue.QueueRow;
import io.sealpost.queue.ReasonFilter;
import io.sealpost.queue.WaitingMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcQueueInspectionTest {
    private static QueueWorld world;

    private NewMessage first;
    private NewMessage second;

    @BeforeAll
    static void open() {
        world = QueueWorld.open();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void twoMessages() {
        world.reset();
        first = world.mail().to(MailMaker.QUEUED, "b@x.example", "c@y.example");
        second = world.mail().to(new NewDelivery.Start.Held("no active key"), "d@x.example");
        world.store(second, first);
    }

    private static QueueFilter domain(String name) {
        return QueueFilter.ALL.withRecipientDomain(MailDomain.parse(name));
    }

    private static QueueFilter state(DeliveryState state) {
        return QueueFilter.ALL.withState(state);
    }

    private static QueueFilter sender(String sender) {
        return QueueFilter.ALL.withSender(sender);
    }

    private static List<String> recipients(QueueFilter filter) {
        return world.inspection().list(filter, 100).stream()
                .map(row -> row.recipient().toString())
                .toList();
    }

    private static DeliveryState stateOf(String recipient) {
        return world.inspection().list(QueueFilter.ALL, 100).stream()
                .filter(row -> row.recipient().toString().equals(recipient))
                .findFirst()
                .orElseThrow()
                .status()
                .state();
    }

    private static QueueId id(NewMessage message) {
        return message.envelope().id();
    }

    private static Map<String, Object> lastJournal(NewMessage message) {
        List<JournalEntry> journal = world.inspection().trace(id(message));
        JournalEntry last = journal.get(journal.size() - 1);
        assertThat(last.kind()).isEqualTo(JournalEntry.Kind.ADMIN);
        return last.fields();
    }

    @Test
    void listsTheOldestMessageFirst() {
        assertThat(recipients(QueueFilter.ALL)).containsExactly("b@x.example", "c@y.example", "d@x.example");
        assertThat(world.inspection().list(QueueFilter.ALL, 2)).hasSize(2);
    }

    @Test
    void aRowTellsAllThatAListShows() {
        QueueRow row = world.inspection().list(QueueFilter.of(id(first)), 10).get(0);

        assertThat(row.message()).isEqualTo(id(first));
        assertThat(row.delivery()).isEqualTo(first.deliveries().get(0).id());
        assertThat(row.sender()).isEqualTo(first.envelope().sender());
        assertThat(row.size())
                .isEqualTo(first.signedPrefix().bytes().length + first.content().size());
        assertThat(row.received()).isEqualTo(first.envelope().received());
        assertThat(row.status().state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(row.status().holdReason()).isEmpty();
        assertThat(row.status().nextAt()).isEqualTo(first.envelope().received());
    }

    @Test
    void filtersByEachPart() {
        world.store(world.mail().notice());

        assertThat(recipients(QueueFilter.of(id(second)))).containsExactly("d@x.example");
        assertThat(recipients(domain("x.example"))).containsExactly("b@x.example", "d@x.example");
        assertThat(recipients(state(DeliveryState.HOLD))).containsExactly("d@x.example");
        assertThat(recipients(sender("a@sender.example"))).hasSize(3);
        assertThat(recipients(sender(""))).containsExactly("a@sender.example");
        assertThat(recipients(domain("nowhere.example"))).isEmpty();
        assertThat(world.inspection().count(QueueFilter.ALL)).isEqualTo(4);
        assertThat(world.inspection().count(domain("x.example"))).isEqualTo(2);
        assertThat(recipients(QueueFilter.ALL.withRecipient(EmailAddress.parse("c@y.example"))))
                .containsExactly("c@y.example");
        assertThat(recipients(QueueFilter.ALL.withAcceptedBefore(world.clock().instant())))
                .isEmpty();
        assertThat(recipients(QueueFilter.ALL.withAcceptedBefore(
                        world.clock().instant().plusSeconds(1))))
                .hasSize(4);
        long account = first.envelope().origin().account().orElseThrow();
        assertThat(recipients(QueueFilter.ALL.withAccount(account))).hasSize(4);
        assertThat(recipients(QueueFilter.ALL.withAccount(account + 1))).isEmpty();
    }

    @Test
    void filtersByWhatTheLastReplySaid() {
        RemoteReply reply = new RemoteReply(
                "mx.example[192.0.2.1]:25", "RCPT", 451, Optional.of(EnhancedStatus.of("4.7.1")), "Greylisted, wait");
        ClaimedMessage message = world.claimAll(1).get(0);
        Instant later = world.clock().instant().plusSeconds(60);
        world.claims(1)
                .settle(Results.settlement(message, lease -> new DeliveryResult.Deferred(lease, reply, later, 0)));

        assertThat(recipients(because("451"))).containsExactly("b@x.example", "c@y.example");
        assertThat(recipients(because("4.7.1"))).hasSize(2);
        assertThat(recipients(because("4.7.2"))).isEmpty();
        assertThat(recipients(because("45"))).isEmpty();
        assertThat(recipients(because("greyLISTED"))).hasSize(2);
        assertThat(recipients(because("active KEY"))).containsExactly("d@x.example");
    }

    private static QueueFilter because(String text) {
        return QueueFilter.ALL.withReason(new ReasonFilter(text));
    }

    @Test
    void aPageBeginsBehindThePageBeforeEvenWhenThatHasEnded() {
        List<QueueRow> page = world.inspection().list(QueueFilter.ALL, 2);
        world.inspection().drop(QueueFilter.of(id(first)));

        assertThat(page).hasSize(2);
        assertThat(world
                        .inspection()
                        .list(QueueFilter.ALL, Optional.of(page.get(0).position()), 9)
                        .stream()
                        .map(row -> row.recipient().toString()))
                .containsExactly("d@x.example");
        assertThat(world.inspection().list(QueueFilter.ALL, Optional.of(new QueuePosition(id(second), 0)), 9))
                .isEmpty();
    }

    @Test
    void showsAMessageWhole() throws IOException {
        WaitingMessage shown = world.inspection().show(id(first)).orElseThrow();

        assertThat(shown.envelope()).isEqualTo(first.envelope());
        assertThat(shown.signedPrefix()).isEqualTo(first.signedPrefix());
        assertThat(shown.content().open().readAllBytes())
                .isEqualTo(first.content().open().readAllBytes());
        assertThat(shown.rows()).hasSize(2);
        assertThat(world.inspection().show(new QueueId(1))).isEmpty();
    }

    @Test
    void holdKeepsFromClaimsAndReleaseBringsBackWhatWas() {
        assertThat(world.inspection().hold(domain("x.example"), "abuse")).isEqualTo(1);

        assertThat(stateOf("b@x.example")).isEqualTo(DeliveryState.HOLD);
        assertThat(stateOf("c@y.example")).isEqualTo(DeliveryState.QUEUED);
        assertThat(lastJournal(first))
                .containsEntry("action", "hold")
                .containsEntry("actor", "root@test")
                .containsEntry("reason", "abuse")
                .containsEntry("recipients", List.of("b@x.example"));
        assertThat(world.texts("SELECT CONCAT(kind, ' ', subject) FROM change_feed"))
                .containsExactly("QUEUE_HOLD " + id(first));
        assertThat(world.texts("SELECT CONCAT_WS(' ', actor, action, subject, json) FROM audit"))
                .containsExactly("root@test queue.hold domain=x.example {\"deliveries\":\"1\",\"reason\":\"abuse\"}");

        assertThat(world.inspection().release(QueueFilter.of(id(first)))).isEqualTo(1);
        assertThat(stateOf("b@x.example")).isEqualTo(DeliveryState.QUEUED);
        assertThat(world.inspection().release(QueueFilter.of(id(first)))).isZero();
    }

    @Test
    void aReleaseKeepsTheTimeOfTheNextAttempt() {
        world.claims(1)
                .settle(Results.settlement(
                        world.claimAll(1).get(0),
                        Results.deferred(world.clock().instant().plus(Duration.ofHours(1)))));
        world.inspection().hold(QueueFilter.ALL, "abuse");
        world.inspection().release(QueueFilter.ALL);

        assertThat(stateOf("b@x.example")).isEqualTo(DeliveryState.DEFERRED);
        assertThat(stateOf("d@x.example")).isEqualTo(DeliveryState.QUEUED);
        assertThat(world.claimAll(1).get(0).envelope().id()).isEqualTo(id(second));
        assertThat(world.claimAll(1)).isEmpty();
    }

    @Test
    void retryMakesDueWhatWaitsAndLeavesHeldMailAlone() {
        world.claims(1)
                .settle(Results.settlement(
                        world.claimAll(1).get(0),
                        Results.deferred(world.clock().instant().plus(Duration.ofHours(1)))));

        assertThat(world.inspection().retry(QueueFilter.ALL)).isEqualTo(2);

        assertThat(world.claimAll(1)).isEmpty(); // Until the nodes have heard of it.
        world.clock().advance(Duration.ofSeconds(2));
        assertThat(world.claimAll(1))
                .singleElement()
                .satisfies(message -> assertThat(message.deliveries()).hasSize(2));
        assertThat(stateOf("d@x.example")).isEqualTo(DeliveryState.HOLD);
        assertThat(lastJournal(first)).containsEntry("action", "retry");
    }

    @Test
    void dropEndsDeliveriesAndRemovesTheMessageWithTheLast() {
        assertThat(world.inspection().drop(domain("y.example"))).isEqualTo(1);
        assertThat(world.counts()).startsWith(2L, 2L, 2L);
        assertThat(lastJournal(first)).containsEntry("recipients", List.of("c@y.example"));

        assertThat(world.inspection().drop(QueueFilter.ALL)).isEqualTo(2);
        assertThat(world.counts()).startsWith(0L, 0L, 0L);
        assertThat(world.inspection().trace(id(second)).stream().map(JournalEntry::kind))
                .containsExactly(JournalEntry.Kind.RECEPTION, JournalEntry.Kind.ADMIN);
        assertThat(world.texts("SELECT CONCAT(kind, ' ', subject) FROM change_feed ORDER BY seq"))
                .containsExactly("QUEUE_END " + id(first), "QUEUE_END ");
    }

    @Test
    void whatANodeWorksOnIsNeitherDroppedNorRetried() {
        world.claimAll(1);

        assertThat(world.inspection().drop(QueueFilter.of(id(first)))).isZero();
        assertThat(world.inspection().retry(QueueFilter.of(id(first)))).isZero();
        assertThat(stateOf("b@x.example")).isEqualTo(DeliveryState.ACTIVE);
    }

    @Test
    void aHoldOnWhatANodeWorksOnCanBeTakenBack() {
        world.claimAll(1);

        assertThat(world.inspection().hold(QueueFilter.of(id(first)), "abuse")).isEqualTo(2);
        assertThat(world.inspection().release(QueueFilter.of(id(first)))).isEqualTo(2);
        world.claims(1).freeLeasesOf(1);

        assertThat(stateOf("b@x.example")).isEqualTo(DeliveryState.QUEUED);
    }

    @Test
    void aHoldOutlivesTheNodeThatWorkedOnIt() {
        world.claimAll(1);
        world.inspection().hold(QueueFilter.of(id(first)), "abuse");
        world.claims(1).freeLeasesOf(1);

        assertThat(stateOf("b@x.example")).isEqualTo(DeliveryState.HOLD);
        assertThat(world.claimAll(1)).isEmpty();
    }

    @Test
    void actsOnMoreThanOneSlice() {
        String[] many = new String[1100];
        for (int i = 0; i < many.length; i++) {
            many[i] = "r" + i + "@z.example";
        }
        world.store(world.mail().to(MailMaker.QUEUED, many));

        assertThat(world.inspection().hold(domain("z.example"), "abuse")).isEqualTo(1100);
        assertThat(world.inspection().release(domain("z.example"))).isEqualTo(1100);
        assertThat(world.inspection().drop(domain("z.example"))).isEqualTo(1100);
    }

    @Test
    void nothingMatchedLeavesNoTrace() {
        assertThat(world.inspection().retry(domain("nowhere.example"))).isZero();
        assertThat(world.count("change_feed")).isZero();
        assertThat(world.inspection().trace(new QueueId(1))).isEmpty();
    }
}
