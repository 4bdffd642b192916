package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueSuspensions;
import io.sealpost.queue.Suspended;
import io.sealpost.queue.Suspension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcQueueSuspensionsTest {
    private static final Duration HOURS = Duration.ofHours(2);
    private static final RemoteReply REPLY =
            RemoteReply.ownWords("", "suspend", EnhancedStatus.of("4.3.2"), "delivery temporarily suspended");

    private static QueueWorld world;

    private QueueSuspensions suspensions;

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
        suspensions = new JdbcQueueSuspensions(world.transactions(), world.clock(), "root@test");
    }

    private static Suspended domain(String name) {
        return new Suspended.Domain(MailDomain.parse(name));
    }

    private Suspension suspend(Suspended what) {
        return suspensions.suspend(what, HOURS, Optional.of("moving")).orElseThrow();
    }

    /** All that is due is put off as a node does it. */
    private static void putOff(Suspension suspension, String site) {
        for (ClaimedMessage message : world.claimAll(1)) {
            Instant nextAt = suspension.ends().plus(suspension.spread());
            world.claims(1)
                    .settle(Results.settlement(
                            message, lease -> new DeliveryResult.PutOff(lease, REPLY, nextAt, site)));
        }
    }

    private static List<ClaimedMessage> due() {
        return world.claimAll(1);
    }

    @Test
    void aSuspensionIsListedAuditedAndToldToTheNodes() {
        Suspension made = suspend(domain("x.example"));

        assertThat(made.ends()).isEqualTo(world.clock().instant().plus(HOURS));
        assertThat(suspensions.list()).containsExactly(made);
        assertThat(new JdbcDeliveryMemory(world.transactions(), world.clock()).suspensions())
                .containsExactly(made);
        assertThat(world.texts("SELECT CONCAT_WS(' ', kind, subject) FROM change_feed"))
                .containsExactly("SUSPENSION x.example");
        assertThat(world.texts("SELECT CONCAT_WS(' ', actor, action, subject, json) FROM audit"))
                .containsExactly("root@test queue.suspend domain x.example"
                        + " {\"reason\":\"moving\",\"until\":\"2026-03-01T14:00:00Z\"}");
        world.clock().advance(HOURS);
        assertThat(suspensions.list()).isEmpty();
        assertThat(suspensions.resume(domain("x.example"), Optional.empty())).isEmpty();
    }

    @Test
    void eachKindIsReadAsItWasWritten() {
        Suspension account = suspend(new Suspended.Account(11, EmailAddress.parse("a@sender.example")));
        Suspension site = suspend(new Suspended.Site("MX1.Big.example"));

        assertThat(suspensions.list()).containsExactly(account, site);
        assertThat(site.what().name()).isEqualTo("mx1.big.example");
    }

    @Test
    void whatIsPutOffIsUncountedAndDueAfterTheEndAlone() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        Suspension made = suspend(domain("x.example"));
        putOff(made, "");

        assertThat(due()).isEmpty();
        assertThat(suspensions.waiting(made)).isEqualTo(1);
        assertThat(world.number("SELECT attempts FROM delivery")).isZero();
        assertThat(world.number("SELECT state FROM delivery")).isEqualTo(1);
        world.clock().advance(HOURS);
        assertThat(due()).isEmpty();
        world.clock().advance(Duration.ofMinutes(10));
        assertThat(due()).hasSize(1);
    }

    @Test
    void aResumeBringsBackWhatItPutOffAndNothingElse() {
        world.store(
                world.mail().to(MailMaker.QUEUED, "b@x.example"), world.mail().to(MailMaker.QUEUED, "c@y.example"));
        Suspension made = suspend(domain("x.example"));
        putOff(made, "");

        assertThat(suspensions.resume(domain("x.example"), Optional.empty())).contains(1);
        assertThat(due())
                .singleElement()
                .satisfies(message -> assertThat(message.deliveries()
                                .get(0)
                                .recipient()
                                .address()
                                .toString())
                        .isEqualTo("b@x.example"));
        assertThat(suspensions.list()).isEmpty();
    }

    @Test
    void accountsAndSitesAreBroughtBackToo() {
        for (Suspended what : List.of(
                new Suspended.Account(11, EmailAddress.parse("a@sender.example")),
                new Suspended.Site("mx2.big.example"))) {
            world.reset();
            world.store(world.mail().to(MailMaker.QUEUED, "b@x.example", "c@y.example"));
            putOff(suspend(what), "mx1.big.example,mx2.big.example");

            assertThat(suspensions.resume(what, Optional.empty())).contains(2);
        }
    }

    @Test
    void aShorterSuspensionBringsBackWhatTheLongerOnePutOff() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        putOff(suspend(domain("x.example")), "");

        suspensions.suspend(domain("x.example"), Duration.ofMinutes(1), Optional.empty());
        assertThat(suspensions.list()).hasSize(1);
        assertThat(due()).hasSize(1);
    }

    @Test
    void whatWasHeldMeanwhileIsDueOnceItIsReleased() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        putOff(suspend(domain("x.example")), "");
        world.inspection().hold(QueueFilter.ALL, "abuse");

        assertThat(suspensions.resume(domain("x.example"), Optional.empty())).contains(1);
        assertThat(due()).isEmpty();
        world.inspection().release(QueueFilter.ALL);
        assertThat(due()).hasSize(1);
    }

    @Test
    void aHoldThatCameDuringTheAttemptTakesEffect() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        Suspension made = suspend(domain("x.example"));
        ClaimedMessage message = world.claimAll(1).get(0);
        world.inspection().hold(QueueFilter.ALL, "abuse");
        world.claims(1)
                .settle(Results.settlement(message, lease -> new DeliveryResult.PutOff(lease, REPLY, made.ends(), "")));

        assertThat(world.number("SELECT state FROM delivery")).isEqualTo(4);
    }

    @Test
    void thereIsRoomForAThousand() {
        world.transactions().read(handle -> handle.execute("""
                INSERT INTO suspension (kind, subject, since, ends, actor, reason)
                SELECT 'site', CONCAT('mx', seq), '2026-03-01 12:00:00', '2026-03-01 14:00:00', 'root', '' FROM seq_1_to_1000"""));

        assertThat(suspensions.suspend(domain("x.example"), HOURS, Optional.empty()))
                .isEmpty();
        assertThat(suspensions.suspend(new Suspended.Site("mx7"), HOURS, Optional.empty()))
                .isPresent();
        world.clock().advance(HOURS);
        assertThat(suspensions.suspend(domain("x.example"), HOURS, Optional.empty()))
                .isPresent();
        assertThat(world.count("suspension")).isEqualTo(1);
    }
}
