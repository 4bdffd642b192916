package io.sealpost.relay.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.Content;
import io.sealpost.queue.JournalEntry.Kind;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.relay.deliver.Transmission;
import io.sealpost.relay.fake.FakeNet;
import io.sealpost.relay.fake.FakeQueue;
import io.sealpost.relay.route.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OutboundServiceTest {
    private final Outbound out = new Outbound();

    @AfterEach
    void stop() {
        out.queue.away(false);
        out.service.drain(Duration.ofSeconds(5));
    }

    @Test
    void deliversFreshMailFromMemory() {
        assertThat(out.fresh("you@far.example")).isTrue();
        awaitStates("you@far.example DELIVERED");
        Transmission sent = out.net.transmissions().get(0);
        assertThat(ascii(sent.prefix().bytes())).startsWith("DKIM-Signature:");
        assertThat(out.queue.journal()).containsExactly(Kind.DELIVERY);
    }

    @Test
    void claimsAndDeliversWhatIsDue() {
        out.queued("you@far.example");
        out.service.start();
        awaitStates("you@far.example DELIVERED");
    }

    @Test
    void triesAgainWhatWasDeferredWhenItsTimeHasCome() {
        out.net.answer("you@far.example", FakeNet.later());
        out.service.start();
        out.fresh("you@far.example");
        awaitStates("you@far.example DEFERRED");
        assertThat(out.queue.nextAt("you@far.example"))
                .isBetween(
                        out.clock.instant().plusSeconds(54), out.clock.instant().plusSeconds(66));
        assertThat(out.queue.progress("you@far.example").attempts()).isEqualTo(1);
        out.net.answer("you@far.example", FakeNet.taken());
        out.clock.advance(Duration.ofSeconds(67));
        awaitStates("you@far.example DELIVERED");
        assertThat(out.queue.journal()).containsExactly(Kind.TRANSIENT_FAILURE, Kind.DELIVERY);
    }

    @Test
    void tellsTheSenderWithASignedReportThatIsDeliveredAsEveryMail() {
        out.net.answer("gone@far.example", FakeNet.unknown());
        out.service.start();
        out.fresh("gone@far.example");
        awaitStates("gone@far.example BOUNCED", "me@ok.example DELIVERED");
        NewMessage report = out.queue.messages().get(1);
        assertThat(report.envelope().kind()).isEqualTo(MessageKind.NOTICE);
        assertThat(report.envelope().sender()).isEmpty();
        assertThat(ascii(report.signedPrefix().bytes())).contains("d=ok.example;");
        assertThat(out.queue.journal()).containsExactly(Kind.BOUNCE, Kind.NOTICE, Kind.NOTICE, Kind.DELIVERY);
    }

    @Test
    void neverTellsAnybodyOfAReportThatFails() {
        out.net.answer("gone@far.example", FakeNet.unknown());
        out.net.answer("me@ok.example", FakeNet.unknown());
        out.service.start();
        out.fresh("gone@far.example");
        awaitStates("gone@far.example BOUNCED", "me@ok.example BOUNCED");
        assertThat(out.queue.messages()).hasSize(2);
    }

    @Test
    void warnsOfADelayAndReportsWhenTheTimeIsUp() {
        out.net.answer("slow@far.example", FakeNet.later());
        out.service.start();
        out.fresh("slow@far.example");
        awaitStates("slow@far.example DEFERRED");
        out.clock.advance(Duration.ofHours(5));
        awaitStates("slow@far.example DEFERRED", "me@ok.example DELIVERED");
        out.clock.advance(Duration.ofDays(5));
        awaitStates("slow@far.example EXPIRED", "me@ok.example DELIVERED", "me@ok.example DELIVERED");
    }

    @Test
    void sendsSeveralRecipientsOfOneSiteInOneTransaction() {
        out.net.share("big.example", "a.example", "b.example");
        out.fresh("x@a.example", "y@far.example", "z@b.example");
        awaitStates("x@a.example DELIVERED", "y@far.example DELIVERED", "z@b.example DELIVERED");
        assertThat(out.net.transmissions())
                .extracting(sent -> sent.recipients().stream()
                        .map(recipient -> recipient.address().toString())
                        .toList())
                .containsExactlyInAnyOrder(List.of("x@a.example", "z@b.example"), List.of("y@far.example"));
    }

    @Test
    void writesOneReportForAllThatFailedAtASite() {
        out.net.share("big.example", "a.example", "b.example");
        out.net.answer("x@a.example", FakeNet.unknown());
        out.net.answer("z@b.example", FakeNet.unknown());
        out.fresh("x@a.example", "y@a.example", "z@b.example");
        awaitStates("x@a.example BOUNCED", "y@a.example DELIVERED", "z@b.example BOUNCED", "me@ok.example QUEUED");
    }

    @Test
    void deliversToManyDomainsAndInTransactionsOfBoundedSize() {
        out.fresh(IntStream.range(0, 60).mapToObj(i -> "u@d" + i + ".example").toArray(String[]::new));
        out.fresh(
                IntStream.range(0, 120).mapToObj(i -> "u" + i + "@one.example").toArray(String[]::new));
        await().untilAsserted(() ->
                assertThat(out.queue.states()).hasSize(180).allMatch(state -> state.endsWith(" DELIVERED")));
        assertThat(out.net.transmissions())
                .hasSize(63)
                .allMatch(sent -> sent.recipients().size() <= SiteShare.MAX_RECIPIENTS);
    }

    @Test
    void bouncesWhatHasNoRouteAndDefersWhatHasNoneNow() {
        EnhancedStatus nxdomain = EnhancedStatus.of("5.1.2");
        EnhancedStatus servfail = EnhancedStatus.of("4.4.3");
        out.net.route("no.example", new Route.Unroutable(RemoteReply.ownWords("", "DNS", nxdomain, "NXDOMAIN")));
        out.net.route("later.example", new Route.NotNow(RemoteReply.ownWords("", "DNS", servfail, "SERVFAIL")));
        out.fresh("a@no.example", "b@later.example");
        awaitStates("a@no.example BOUNCED", "b@later.example DEFERRED", "me@ok.example QUEUED");
        assertThat(out.net.transmissions()).isEmpty();
    }

    @Test
    void defersWhatAFaultOfOurOwnBroke() {
        out.net.breakWith(new IllegalStateException("a bug"));
        out.fresh("you@far.example");
        awaitStates("you@far.example DEFERRED");
    }

    @Test
    void settlesTheRestWithANewReportWhenAnotherNodeTookOne() {
        out.net.answer("x@a.example", FakeNet.unknown());
        out.net.answer("y@a.example", () -> out.queue.steal("x@a.example"), FakeNet.unknown());
        out.fresh("x@a.example", "y@a.example");
        awaitStates("x@a.example ACTIVE", "y@a.example BOUNCED", "me@ok.example QUEUED");
        assertThat(text(out.queue.messages().get(1))).contains("y@a.example").doesNotContain("x@a.example");
    }

    @Test
    void writesNothingForALeaseThatIsLost() {
        out.net.answer("x@a.example", () -> out.queue.steal("x@a.example"), FakeNet.unknown());
        out.fresh("x@a.example");
        await().until(() -> out.net.permits().size() == 1);
        out.service.drain(Duration.ofSeconds(5));
        assertThat(out.queue.states()).containsExactly("x@a.example ACTIVE");
        assertThat(out.queue.journal()).isEmpty();
    }

    @Test
    void keepsResultsWhileTheDatabaseIsAwayAndWritesThemBeforeItClaims() {
        out.net.answer("x@a.example", () -> out.queue.away(true), FakeNet.unknown());
        out.fresh("x@a.example");
        await().until(() -> out.net.permits().size() == 1 && !out.hasRoom());
        out.service.start();
        out.queue.away(false);
        await().untilAsserted(() ->
                assertThat(out.queue.states()).contains("x@a.example BOUNCED", "me@ok.example DELIVERED"));
    }

    @Test
    void anAttemptThatOutlastsALongOutageIsNotClaimedAnew() {
        out.queued("x@a.example");
        out.net.answer("x@a.example", this::outageOfTwoLeases, FakeNet.unknown());
        out.service.start();
        awaitStates("x@a.example BOUNCED", "me@ok.example DELIVERED");
        assertThat(out.net.permits()).hasSize(2); // The mail's and the notice's.
    }

    /** Ends when the node has claimed again; no claim that began before the leases ran out is under way when the database is back. */
    private void outageOfTwoLeases() {
        out.queue.away(true);
        out.clock.advance(FakeQueue.LEASE.multipliedBy(2).plusSeconds(1));
        int refused = out.queue.refused();
        await().until(() -> out.queue.refused() > refused + 2);
        int claims = out.queue.claims();
        out.queue.away(false);
        await().until(() -> out.queue.claims() > claims + 1);
    }

    @Test
    void triesLaterWhenNobodyCanTellWhetherTheKeysStand() {
        out.queued("x@a.example");
        out.keys.away(true);
        out.service.start();
        await().until(() -> out.queue.givenBack() > 0);
        assertThat(out.queue.progress("x@a.example").attempts()).isZero();
        out.keys.away(false);
        awaitStates("x@a.example DELIVERED");
    }

    @Test
    void signsAgainWhatWaitedWhileItsKeyWentOutOfUse() {
        out.queued("x@a.example");
        out.keys.retire(2, "ok.example");
        out.keys.activate(2, "ok.example");
        out.service.start();
        awaitStates("x@a.example DELIVERED");
        assertThat(out.queue.messages().get(0).signedPrefix().keyIds()).containsExactly(102L);
        String prefix = ascii(out.net.transmissions().get(0).prefix().bytes());
        assertThat(prefix).startsWith("DKIM-Signature:").contains("s=s102;").endsWith("\r\nReceived: by x; y\r\n");
        assertThat(prefix.split("DKIM-Signature:", -1)).hasSize(2);
    }

    @Test
    void holdsWhatCanNoLongerBeSigned() {
        out.queued("x@a.example");
        out.keys.retire(2, "ok.example");
        out.service.start();
        await().until(() -> out.queue.states().get(0).startsWith("x@a.example HOLD (The domain ok.example"));
        assertThat(out.net.transmissions()).isEmpty();
        assertThat(out.queue.journal()).containsExactly(Kind.HOLD);
    }

    @Test
    void holdsWhatItSignedAgainWhenThatDoesNotVerify() {
        out.queued("x@a.example");
        out.keys.retire(2, "ok.example");
        out.keys.activate(2, "ok.example");
        out.shown.clear();
        out.service.start();
        await().until(() -> out.queue.states().get(0).startsWith("x@a.example HOLD (The fresh signature does not"));
        assertThat(out.net.transmissions()).isEmpty();
        assertThat(out.queue.journal()).containsExactly(Kind.HOLD);
    }

    @Test
    void signsReleasedMailThatWasStoredUnsigned() {
        out.heldUnsigned("x@a.example");
        out.queue.release();
        out.service.start();
        await().until(() -> out.queue.states().get(0).startsWith("x@a.example DELIVERED"));
        assertThat(out.net.transmissions().get(0).prefix().keyIds()).isNotEmpty();
    }

    @Test
    void holdsFailedMailWhoseReportCannotBeMade() {
        Content broken = new Content() {
            @Override
            public long size() {
                return 10;
            }

            @Override
            public InputStream open() throws IOException {
                throw new IOException("disk");
            }
        };
        out.net.answer("x@a.example", FakeNet.unknown());
        out.fresh(broken, "x@a.example");
        await().until(() -> out.queue.states().get(0).startsWith("x@a.example HOLD (the report"));
    }

    @Test
    void storesAReportThatCannotBeSignedOnHold() {
        out.keys.retire(1, "relay.example.net");
        out.net.answer("x@a.example", () -> out.keys.retire(2, "ok.example"), FakeNet.unknown());
        out.fresh("x@a.example");
        await().until(() -> out.queue.states().size() == 2);
        assertThat(out.queue.states().get(0)).isEqualTo("x@a.example BOUNCED");
        assertThat(out.queue.states().get(1)).startsWith("me@ok.example HOLD (The domain relay.example.net");
    }

    @Test
    void signsAReportByTheOperatorsDomainWhereTheSendersHasNoKey() {
        out.net.answer("x@a.example", () -> out.keys.retire(2, "ok.example"), FakeNet.unknown());
        out.fresh("x@a.example");
        awaitStates("x@a.example BOUNCED", "me@ok.example QUEUED");
        NewMessage report = out.queue.messages().get(1);
        assertThat(ascii(report.signedPrefix().bytes())).contains("d=relay.example.net;");
        assertThat(text(report)).contains("<MAILER-DAEMON@relay.example.net>");
        out.keys.retire(1, "relay.example.net");
        out.keys.activate(1, "relay.example.net");
        out.service.start();
        awaitStates("x@a.example BOUNCED", "me@ok.example DELIVERED");
    }

    @Test
    void refusesTheFinalDotWithLessThanHalfOfTheLeaseLeft() {
        CountDownLatch gate = out.net.block();
        out.fresh("x@a.example");
        await().until(() -> out.net.transmissions().size() == 1);
        out.clock.advance(Duration.ofMinutes(6));
        gate.countDown();
        awaitStates("x@a.example DEFERRED");
        assertThat(out.net.permits()).containsExactly(false);
    }

    @Test
    void boundsWhatWaitsInMemory() {
        Outbound tight = new Outbound(1, "10K");
        CountDownLatch gate = tight.net.block();
        assertThat(tight.fresh("a@x.example")).isTrue();
        assertThat(tight.fresh("b@x.example")).isTrue();
        assertThat(tight.fresh("c@x.example")).isTrue();
        assertThat(tight.fresh("d@x.example")).isFalse();
        gate.countDown();
        await().until(() -> tight.fresh("e@x.example"));
        tight.service.drain(Duration.ofSeconds(5));
    }

    @Test
    void givesBackOnDrainWhatHasNotBegun() {
        Outbound one = new Outbound(1, "1M");
        CountDownLatch gate = one.net.block();
        one.fresh("a@x.example");
        await().until(() -> one.net.transmissions().size() == 1);
        one.fresh("b@x.example");
        one.fresh("c@x.example");
        assertThat(one.service.drain(Duration.ofMillis(1))).isEqualTo(1);
        assertThat(one.queue.states())
                .containsExactly("a@x.example ACTIVE", "b@x.example QUEUED", "c@x.example QUEUED");
        assertThat(one.fresh("d@x.example")).isFalse();
        gate.countDown();
        await().until(() -> one.queue.states().get(0).equals("a@x.example DEFERRED"));
        assertThat(one.net.permits()).containsExactly(false);
    }

    @Test
    void leavesAShareOfTheWorkersToWhatIsDueHoweverMuchFreshMailComes() {
        Outbound busy = new Outbound(4, "1M");
        CountDownLatch gate = busy.net.block();
        for (int i = 0; i < 20; i++) {
            busy.fresh("f" + i + "@x.example");
        }
        busy.queued("due@y.example");
        busy.service.start();
        await().until(() -> busy.queue.states().contains("due@y.example ACTIVE"));
        gate.countDown();
        await().untilAsserted(() -> assertThat(busy.queue.states()).allMatch(state -> state.endsWith(" DELIVERED")));
        busy.service.drain(Duration.ofSeconds(5));
    }

    @Test
    void letsNoSlowSiteTakeTheWorkersOfOthers() {
        Outbound narrow = new Outbound(4, 2, "1M");
        CountDownLatch gate = narrow.net.block("slow.example");
        for (int i = 0; i < 10; i++) {
            narrow.fresh("u" + i + "@slow.example");
        }
        narrow.fresh("you@far.example");
        await().until(() -> narrow.queue.states().contains("you@far.example DELIVERED"));
        assertThat(narrow.net.transmissions()).hasSize(3);
        gate.countDown();
        await().untilAsserted(() -> assertThat(narrow.queue.states()).allMatch(state -> state.endsWith(" DELIVERED")));
        narrow.service.drain(Duration.ofSeconds(5));
    }

    @Test
    void defersAllThatStandsInLineForASiteThatCannotBeReached() {
        Outbound narrow = new Outbound(4, 1, "1M");
        CountDownLatch gate = narrow.net.block("dead.example");
        narrow.net.unreachable("dead.example");
        for (int i = 0; i < 5; i++) {
            narrow.fresh("u" + i + "@dead.example");
        }
        await().until(() -> narrow.net.transmissions().size() == 1);
        narrow.fresh("you@far.example");
        await().until(() -> narrow.queue.states().contains("you@far.example DELIVERED"));
        gate.countDown();
        await().untilAsserted(() ->
                assertThat(narrow.queue.states().subList(0, 5)).allMatch(state -> state.endsWith(" DEFERRED")));
        assertThat(narrow.net.transmissions()).hasSize(2);
        narrow.service.drain(Duration.ofSeconds(5));
    }

    /** Or is about to stand there: its worker may come to the line only now. */
    @Test
    void givesBackOnDrainWhatStandsInLine() {
        Outbound narrow = new Outbound(4, 1, "1M");
        CountDownLatch gate = narrow.net.block("slow.example");
        narrow.fresh("a@slow.example");
        await().until(() -> narrow.net.transmissions().size() == 1);
        narrow.fresh("b@slow.example");
        AtomicInteger left = new AtomicInteger(-1);
        Thread drain = new Thread(() -> left.set(narrow.service.drain(Duration.ofMinutes(1))));
        drain.start();
        await().until(() -> narrow.queue.states().get(1).equals("b@slow.example QUEUED"));
        assertThat(narrow.queue.states().get(0)).isEqualTo("a@slow.example ACTIVE");
        gate.countDown();
        await().until(() -> left.get() == 0);
        assertThat(narrow.queue.states()).containsExactly("a@slow.example DELIVERED", "b@slow.example QUEUED");
    }

    @Test
    void deniesTheFinalDotToWhatIsUnderWayAfterTheDrain() {
        Outbound narrow = new Outbound(4, 1, "1M");
        CountDownLatch gate = narrow.net.block("slow.example");
        narrow.fresh("a@slow.example");
        await().until(() -> narrow.net.transmissions().size() == 1);
        assertThat(narrow.service.drain(Duration.ofMillis(1))).isEqualTo(1);
        gate.countDown();
        await().until(() -> narrow.queue.states().get(0).equals("a@slow.example DEFERRED"));
    }

    @Test
    void freesTheLeasesOfANodeAsSoonAsItIsDead() {
        out.service.start();
        out.dead.add(5);
        await().until(() -> out.queue.freedNodes().contains(5));
        out.dead.add(6);
        await().until(() -> out.queue.freedNodes().contains(6));
    }

    @Test
    void signsAgainWhatStoodInLineForASlowSiteWhileItsKeyWentOutOfUse() {
        Outbound narrow = new Outbound(4, 1, "1M");
        CountDownLatch gate = narrow.net.block("slow.example");
        narrow.fresh("a@slow.example");
        await().until(() -> narrow.net.transmissions().size() == 1);
        narrow.fresh("b@slow.example");
        narrow.fresh("you@far.example");
        await().until(() -> narrow.queue.states().contains("you@far.example DELIVERED"));

        narrow.keys.retire(2, "ok.example");
        narrow.keys.activate(2, "ok.example");
        gate.countDown();

        await().until(() -> narrow.queue.states().contains("b@slow.example DELIVERED"));
        SignedPrefix left = narrow.net.transmissions().get(2).prefix();
        assertThat(left.keyIds()).isNotEmpty().allMatch(id -> narrow.keys.allPublished(List.of(id)));
        narrow.service.drain(Duration.ofSeconds(5));
    }

    @Test
    void endsNoMailWhoseKeyWentOutOfUseOnTheWay() {
        CountDownLatch gate = out.net.block("slow.example");
        out.fresh("a@slow.example");
        await().until(() -> out.net.transmissions().size() == 1);

        out.keys.retire(2, "ok.example");
        gate.countDown();

        await().until(() -> out.net.permits().size() == 1);
        assertThat(out.net.permits()).containsExactly(false);
        awaitStates("a@slow.example DEFERRED");
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    private void awaitStates(String... states) {
        await().untilAsserted(() -> assertThat(out.queue.states()).containsExactly(states));
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String text(NewMessage message) {
        try (InputStream in = message.content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
