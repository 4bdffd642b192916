package io.sealpost.relay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.MovableClock;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.Recipient;
import io.sealpost.relay.deliver.AttemptResult;
import io.sealpost.relay.deliver.ConnectionFacts;
import io.sealpost.relay.deliver.DeliveryOutcome;
import io.sealpost.relay.deliver.DeliveryOutcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SitesTest {
    private static final RemoteReply REPLY = RemoteReply.ownWords("", "MAIL", EnhancedStatus.of("4.4.2"), "x");

    private final MovableClock clock = MovableClock.at("2026-01-01T00:00:00Z");
    private final Sites sites = new Sites(new SiteLimits(2, 4, Duration.ofSeconds(30), Duration.ofMinutes(2)), clock);

    @Test
    void aNewSiteTakesSoManyAtOnceAndMoreOnlyWhenOneHasEnded() {
        List<SitePermit> first = admitted(2);
        assertThat(sites.admit("a"))
                .isEqualTo(new Admission.Full(clock.instant().plusSeconds(1)));
        assertThat(sites.admit("b")).as("another site").isInstanceOf(Admission.Admitted.class);
        first.get(0).end(SiteHealth.UNKNOWN);
        assertThat(sites.admit("a")).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void itTakesMoreAsItGoesWellUpToItsLimit() {
        for (int i = 0; i < 100; i++) {
            admitted(1).get(0).end(SiteHealth.WELL);
        }
        admitted(4);
        assertThat(sites.admit("a")).isInstanceOf(Admission.Full.class);
    }

    @Test
    void afterTroubleItIsLeftAloneThenProbedByOne() {
        admitted(1).get(0).end(SiteHealth.TROUBLED);
        assertThat(sites.admit("a"))
                .isEqualTo(new Admission.BackingOff(clock.instant().plusSeconds(30)));
        clock.advance(Duration.ofSeconds(30));
        SitePermit probe = admitted(1).get(0);
        assertThat(sites.admit("a"))
                .isEqualTo(new Admission.BackingOff(clock.instant().plusSeconds(1)));
        probe.end(SiteHealth.WELL);
        assertThat(sites.admit("a")).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void theWaitIsDoubledUpToItsLongest() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            admitted(1).get(0).end(SiteHealth.TROUBLED);
            Admission.BackingOff later = (Admission.BackingOff) sites.admit("a");
            waits.add(Duration.between(clock.instant(), later.until()).toSeconds());
            clock.advance(Duration.between(clock.instant(), later.until()));
        }
        assertThat(waits).containsExactly(30L, 60L, 120L, 120L, 120L);
    }

    @Test
    void attemptsThatFailTogetherAreOneTrouble() {
        admitted(2).forEach(permit -> permit.end(SiteHealth.TROUBLED));
        assertThat(sites.admit("a"))
                .isEqualTo(new Admission.BackingOff(clock.instant().plusSeconds(30)));
    }

    @Test
    void anAttemptThatGoesWellBesideAFailureClearsTheSite() {
        List<SitePermit> both = admitted(2);
        both.get(0).end(SiteHealth.TROUBLED);
        both.get(1).end(SiteHealth.WELL);
        assertThat(sites.admit("a")).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aProbeThatEndsByOurOwnFaultIsFollowedByAnother() {
        admitted(1).get(0).end(SiteHealth.TROUBLED);
        clock.advance(Duration.ofSeconds(30));
        admitted(1).get(0).end(SiteHealth.UNKNOWN);
        assertThat(sites.admit("a")).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aPermitEndsOnce() {
        SitePermit permit = admitted(2).get(0);
        permit.end(SiteHealth.UNKNOWN);
        permit.end(SiteHealth.UNKNOWN);
        admitted(1);
        assertThat(sites.admit("a")).isInstanceOf(Admission.Full.class);
    }

    @Test
    void manySitesAreForgottenButNotThoseAtWork() {
        SitePermit atWork = admitted(1).get(0);
        IntStream.range(0, 25_000)
                .forEach(i ->
                        ((Admission.Admitted) sites.admit("s" + i)).permit().end(SiteHealth.WELL));
        atWork.end(SiteHealth.TROUBLED);
        assertThat(sites.admit("a")).isInstanceOf(Admission.BackingOff.class);
    }

    @Test
    void neverMoreAtOnceThanAllowedWhoeverAsks() {
        AtomicInteger active = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            if (sites.admit("a") instanceof Admission.Admitted admitted) {
                most.accumulateAndGet(active.incrementAndGet(), Math::max);
                active.decrementAndGet();
                admitted.permit().end(SiteHealth.WELL);
            }
        });
        assertThat(most).hasValueBetween(1, 4);
    }

    @Test
    void whatAnAttemptSaysAboutTheSite() {
        DeliveryOutcome well = new DeliveryOutcome.Delivered(REPLY);
        DeliveryOutcome refused = new DeliveryOutcome.Bounced(REPLY, Reason.UNKNOWN_RECIPIENT);
        DeliveryOutcome lost = new DeliveryOutcome.Deferred(REPLY, Reason.UNREACHABLE);
        DeliveryOutcome grey = new DeliveryOutcome.Deferred(REPLY, Reason.GREYLISTED);
        DeliveryOutcome ours = new DeliveryOutcome.Deferred(REPLY, Reason.INTERNAL);
        assertThat(SiteHealth.of(results(lost, lost))).isEqualTo(SiteHealth.TROUBLED);
        assertThat(SiteHealth.of(results(lost, well))).isEqualTo(SiteHealth.WELL);
        assertThat(SiteHealth.of(results(refused))).isEqualTo(SiteHealth.WELL);
        assertThat(SiteHealth.of(results(grey))).isEqualTo(SiteHealth.WELL);
        assertThat(SiteHealth.of(results(ours))).isEqualTo(SiteHealth.UNKNOWN);
    }

    private List<SitePermit> admitted(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ((Admission.Admitted) sites.admit("a")).permit())
                .toList();
    }

    private static List<AttemptResult> results(DeliveryOutcome... outcomes) {
        Recipient recipient = Recipient.of(EmailAddress.parse("r@example.test"));
        return Arrays.stream(outcomes)
                .map(outcome -> new AttemptResult(recipient, outcome, ConnectionFacts.NONE))
                .toList();
    }
}
