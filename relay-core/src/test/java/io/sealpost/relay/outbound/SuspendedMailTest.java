package io.sealpost.relay.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.queue.JournalEntry.Kind;
import io.sealpost.queue.Suspended;
import io.sealpost.relay.fake.FakeNet;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuspendedMailTest {
    private static final Suspended SHOP = new Suspended.Domain(MailDomain.parse("shop.example"));
    private static final Duration HOURS = Duration.ofHours(2);

    private final Outbound out = new Outbound();

    @AfterEach
    void stop() {
        out.service.drain(Duration.ofSeconds(5));
    }

    private void awaitStates(String... states) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(out.queue.states()).containsExactly(states));
    }

    @Test
    void aFirstAttemptFromMemoryIsPutOffUncountedAndTheOthersGoOn() {
        out.suspend(SHOP, HOURS);
        Instant ends = out.clock.instant().plus(HOURS);
        out.fresh("a@shop.example", "b@far.example");
        awaitStates("a@shop.example QUEUED", "b@far.example DELIVERED");

        assertThat(out.queue.nextAt("a@shop.example")).isBetween(ends, ends.plus(Duration.ofMinutes(10)));
        assertThat(out.queue.progress("a@shop.example").attempts()).isZero();
        assertThat(out.queue.journal()).containsExactlyInAnyOrder(Kind.TRANSIENT_FAILURE, Kind.DELIVERY);
    }

    @Test
    void whatIsClaimedIsPutOffOnceAndGoesOnByItselfAfterTheEnd() {
        out.suspend(SHOP, HOURS);
        out.queued("a@shop.example");
        out.service.start();
        Awaitility.await().until(() -> out.queue.nextAt("a@shop.example").isAfter(out.clock.instant()));
        out.queued("b@far.example");
        awaitStates("a@shop.example QUEUED", "b@far.example DELIVERED");

        out.clock.advance(HOURS.plusMinutes(11));
        awaitStates("a@shop.example DELIVERED", "b@far.example DELIVERED");
        assertThat(out.queue.journal().stream().filter(Kind.TRANSIENT_FAILURE::equals))
                .hasSize(1);
    }

    @Test
    void anEarlyEndBringsBackWhatWasPutOff() {
        out.suspend(SHOP, HOURS);
        out.service.start();
        out.fresh("a@shop.example");
        Awaitility.await().until(() -> out.queue.nextAt("a@shop.example").isAfter(out.clock.instant()));
        out.resume();

        awaitStates("a@shop.example DELIVERED");
    }

    @Test
    void anAccountsMailWaitsWhereverItGoes() {
        out.suspend(new Suspended.Account(7, EmailAddress.parse("me@ok.example")), HOURS);
        out.fresh("a@shop.example", "b@far.example");

        Awaitility.await().until(() -> out.queue.nextAt("b@far.example").isAfter(out.clock.instant()));
        assertThat(out.net.transmissions()).isEmpty();
    }

    @Test
    void aSiteWaitsForAllDomainsThatItServes() {
        out.net.share("mx1.big.example,mx2.big.example", "a.example", "b.example");
        out.suspend(new Suspended.Site("MX2.big.example"), HOURS);
        out.fresh("x@a.example", "y@far.example", "z@b.example");

        awaitStates("x@a.example QUEUED", "y@far.example DELIVERED", "z@b.example QUEUED");
    }

    @Test
    void whatWaitsInLineIsPutOffToo() {
        Outbound narrow = new Outbound(4, 1, "1M");
        var open = narrow.net.block("shop.example");
        narrow.fresh("a@shop.example");
        Awaitility.await().until(() -> narrow.net.transmissions().size() == 1);
        narrow.fresh("b@shop.example");
        narrow.suspend(SHOP, HOURS);
        open.countDown();

        Awaitility.await()
                .untilAsserted(() -> assertThat(narrow.queue.states())
                        .containsExactly("a@shop.example DELIVERED", "b@shop.example QUEUED"));
        narrow.service.drain(Duration.ofSeconds(5));
    }

    @Test
    void whatIsPastItsTimeIsGivenUpWithAWordToTheSender() {
        out.net.answer("a@shop.example", FakeNet.later());
        out.service.start();
        out.fresh("a@shop.example");
        awaitStates("a@shop.example DEFERRED");
        out.suspend(SHOP, Duration.ofDays(6));
        out.clock.advance(Duration.ofDays(5).plusMinutes(1));

        awaitStates("a@shop.example EXPIRED", "me@ok.example DELIVERED");
    }
}
