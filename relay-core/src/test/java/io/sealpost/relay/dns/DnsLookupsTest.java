package io.sealpost.relay.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.relay.dns.DnsAnswer.Failed;
import io.sealpost.relay.dns.DnsAnswer.Found;
import io.sealpost.relay.dns.DnsAnswer.NoData;
import io.sealpost.relay.dns.DnsAnswer.NxDomain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsLookupsTest {
    private static final Duration TIMEOUT = Duration.ofMillis(250);

    private final TestClock clock = new TestClock();
    private TestDns first;
    private TestDns second;

    @BeforeEach
    void start() throws IOException {
        first = new TestDns();
        second = new TestDns();
        for (TestDns each : List.of(first, second)) {
            each.record("example.test.", "MX", "20 MX2.example.test.")
                    .record("example.test.", "MX", "10 mx1.example.test.")
                    .record("mx1.example.test.", "A", "192.0.2.1")
                    .record("mx1.example.test.", "AAAA", "2001:db8::1")
                    .record("mx2.example.test.", "A", "192.0.2.2")
                    .record("null.test.", "MX", "0 .");
        }
    }

    @AfterEach
    void stop() throws IOException {
        first.close();
        second.close();
    }

    @Test
    void mxRecordsComeWithTheirPreferenceInLowerCaseWithoutTheFinalDot() {
        assertThat(dns(first).mx("example.test"))
                .isEqualTo(new Found<>(
                        List.of(new MxRecord(20, "mx2.example.test"), new MxRecord(10, "mx1.example.test"))));
    }

    @Test
    void nullMxIsAnEmptyExchange() {
        assertThat(dns(first).mx("null.test.")).isEqualTo(new Found<>(List.of(new MxRecord(0, ""))));
    }

    @Test
    void addressesAreIpv4ThenIpv6() throws IOException {
        assertThat(dns(first).addresses("mx1.example.test"))
                .isEqualTo(
                        new Found<>(List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1"))));
    }

    @Test
    void hostsAreAskedForTogetherAndAnsweredEachByItself() {
        assertThat(dns(first).addresses(List.of("mx1.example.test", "mx2.example.test", "none.test")))
                .containsOnlyKeys("mx1.example.test", "mx2.example.test", "none.test")
                .containsEntry("none.test", new NxDomain<>());
    }

    @Test
    void oneFamilyThatFailsDoesNotHideTheOther() throws IOException {
        first.fault("mx1.example.test./AAAA", TestDns.Fault.SERVFAIL);
        assertThat(dns(first).addresses("mx1.example.test"))
                .isEqualTo(new Found<>(List.of(InetAddress.getByName("192.0.2.1"))));
    }

    @Test
    void noAddressAndAFailedFamilyIsAFailure() {
        first.fault("null.test./AAAA", TestDns.Fault.SERVFAIL);
        assertThat(dns(first).addresses("null.test")).isInstanceOf(Failed.class);
    }

    @Test
    void noSuchRecordAndNoSuchNameAreToldApart() {
        assertThat(dns(first).mx("mx1.example.test")).isEqualTo(new NoData<>());
        assertThat(dns(first).mx("nowhere.test")).isEqualTo(new NxDomain<>());
    }

    @Test
    void aNameThatFitsNoPacketDoesNotExist() {
        assertThat(dns(first).txt("a".repeat(64) + ".test")).isEqualTo(new NxDomain<>());
    }

    @Test
    void stringsOfATxtRecordAreJoinedWithoutBlanks() {
        first.record("k._domainkey.example.test.", "TXT", "\"v=DKIM1; k=rsa; \" \"p=abc\"");
        assertThat(dns(first).txt("k._domainkey.example.test"))
                .isEqualTo(new Found<>(List.of("v=DKIM1; k=rsa; p=abc")));
    }

    @Test
    void aliasesAreFollowedToTheirRecords() {
        first.record("k._domainkey.example.test.", "CNAME", "k.keys.test.")
                .record("k.keys.test.", "CNAME", "k2.keys.test.")
                .record("k2.keys.test.", "TXT", "here");
        assertThat(dns(first).txt("k._domainkey.example.test")).isEqualTo(new Found<>(List.of("here")));
    }

    @Test
    void aliasesInACircleAreAFailure() {
        first.record("a.test.", "CNAME", "b.test.").record("b.test.", "CNAME", "a.test.");
        assertThat(dns(first).txt("a.test"))
                .isInstanceOfSatisfying(Failed.class, f -> assertThat(f.why()).isEqualTo(DnsFailure.ALIASES));
    }

    @Test
    void anAliasToANameThatDoesNotExistIsNxDomain() {
        first.record("a.test.", "CNAME", "gone.test.");
        assertThat(dns(first).txt("a.test")).isEqualTo(new NxDomain<>());
    }

    @ParameterizedTest
    @CsvSource({
        "SERVFAIL,SERVFAIL",
        "REFUSED,REFUSED",
        "SILENCE,TIMEOUT",
        "WRONG_ID,MALFORMED",
        "GARBAGE,MALFORMED",
        "REFERRAL,LAME"
    })
    void aServerThatGivesNoAnswerSaysNothingAboutTheName(TestDns.Fault fault, DnsFailure why) {
        first.fault("example.test.", fault);
        assertThat(dns(first).mx("example.test"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.why()).isEqualTo(why));
        assertThat(dns(first, second).mx("example.test"))
                .as("the next server is asked")
                .isInstanceOf(Found.class);
    }

    @Test
    void aServerThatIsNotThereIsAFailureAndTheNextOneIsAsked() throws IOException {
        InetSocketAddress gone = first.address();
        first.close();
        assertThat(new DnsLookups(settings(List.of(gone, second.address())), clock).mx("example.test"))
                .isInstanceOf(Found.class);
    }

    @Test
    void truncatedAnswersAreFetchedOverTcp() {
        first.fault("example.test.", TestDns.Fault.TRUNCATED);
        assertThat(dns(first).mx("example.test")).isInstanceOf(Found.class);
        assertThat(first.asked()).containsExactly("example.test. MX udp", "example.test. MX tcp");
    }

    @Test
    void answersAreRememberedWithinTheirTtl() {
        DnsLookups dns = dns(first);
        dns.mx("example.test");
        dns.mx("EXAMPLE.test");
        assertThat(first.asked()).hasSize(1);
        clock.move(Duration.ofMinutes(5));
        dns.mx("example.test");
        assertThat(first.asked()).hasSize(2);
    }

    @Test
    void thatANameIsNotThereIsRememberedForTheSoasMinimum() {
        DnsLookups dns = dns(first);
        dns.mx("nowhere.test");
        clock.move(Duration.ofSeconds(59));
        dns.mx("nowhere.test");
        assertThat(first.asked()).hasSize(1);
        clock.move(Duration.ofSeconds(1));
        dns.mx("nowhere.test");
        assertThat(first.asked()).hasSize(2);
    }

    @Test
    void aFailureIsForgottenSoon() {
        DnsLookups dns = dns(first);
        first.fault("example.test.", TestDns.Fault.SERVFAIL);
        assertThat(dns.mx("example.test")).isInstanceOf(Failed.class);
        first.healthy("example.test.");
        assertThat(dns.mx("example.test")).isInstanceOf(Failed.class);
        clock.move(Duration.ofSeconds(5));
        assertThat(dns.mx("example.test")).isInstanceOf(Found.class);
    }

    @Test
    void whatIsRememberedIsBounded() {
        DnsLookups dns = new DnsLookups(new DnsSettings(List.of(first.address()), TIMEOUT, 1, 50, 2), clock);
        List.of("example.test", "null.test", "mx1.example.test", "example.test").forEach(dns::mx);
        assertThat(first.asked()).hasSize(4);
    }

    @Test
    void everyServerSpeaksForItselfPastTheMemory() {
        DnsLookups dns = dns(first, second);
        first.record("k.test.", "TXT", "new");
        assertThat(dns.txtFromEvery(dns.servers(), "k.test"))
                .containsExactly(
                        new ServerAnswer<>(first.address(), new Found<>(List.of("new"))),
                        new ServerAnswer<>(second.address(), new NxDomain<>()));
        second.record("k.test.", "TXT", "new");
        assertThat(dns.txtFromEvery(dns.servers(), "k.test"))
                .extracting(ServerAnswer::answer)
                .containsOnly(new Found<>(List.of("new")));
    }

    @Test
    void fewPlacesInFlightAreSharedWithoutAStandstill() {
        DnsLookups dns =
                new DnsLookups(new DnsSettings(List.of(first.address()), TIMEOUT.multipliedBy(8), 1, 1, 0), clock);
        List<DnsAnswer<InetAddress>> answers = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> dns.addresses("mx1.example.test"))
                .toList();
        assertThat(answers).hasSize(40).allMatch(Found.class::isInstance);
    }

    private DnsLookups dns(TestDns... servers) {
        return new DnsLookups(
                settings(List.of(servers).stream().map(TestDns::address).toList()), clock);
    }

    private static DnsSettings settings(List<InetSocketAddress> servers) {
        return new DnsSettings(servers, TIMEOUT, 1, 50, 1000);
    }
}
