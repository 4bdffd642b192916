package io.sealpost.relay.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.MovableClock;
import io.sealpost.fixtures.TestDns;
import io.sealpost.fixtures.TestZones;
import io.sealpost.relay.dns.DnsAnswer.Failed;
import io.sealpost.relay.dns.DnsAnswer.Found;
import io.sealpost.relay.dns.DnsAnswer.NoData;
import io.sealpost.relay.dns.DnsAnswer.NxDomain;
import io.sealpost.sandbox.AnsweredQuery;
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
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MovableClock clock = MovableClock.at("2026-01-01T00:00:00Z");
    private TestDns first;
    private TestDns second;

    @BeforeEach
    void start() {
        first = TestDns.start(DnsLookupsTest::zones);
        second = TestDns.start(DnsLookupsTest::zones);
    }

    private static void zones(TestZones zones) {
        zones.mx("example.test", 20, "MX2.example.test", "192.0.2.2")
                .mx("example.test", 10, "mx1.example.test", "192.0.2.1")
                .address("mx1.example.test", "2001:db8::1")
                .nullMx("null.test");
    }

    @AfterEach
    void stop() {
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
        first.change(z -> z.fault("SERVFAIL", "mx1.example.test", "AAAA"));
        assertThat(dns(first).addresses("mx1.example.test"))
                .isEqualTo(new Found<>(List.of(InetAddress.getByName("192.0.2.1"))));
    }

    @Test
    void noAddressAndAFailedFamilyIsAFailure() {
        first.change(z -> z.fault("SERVFAIL", "null.test", "AAAA"));
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
        first.change(z -> z.record("k._domainkey.example.test", "TXT", "\"v=DKIM1; k=rsa; \" \"p=abc\""));
        assertThat(dns(first).txt("k._domainkey.example.test"))
                .isEqualTo(new Found<>(List.of("v=DKIM1; k=rsa; p=abc")));
    }

    @Test
    void aliasesAreFollowedToTheirRecords() {
        first.change(z -> z.cname("k._domainkey.example.test", "k.keys.test")
                .cname("k.keys.test", "k2.keys.test")
                .txt("k2.keys.test", "here"));
        assertThat(dns(first).txt("k._domainkey.example.test")).isEqualTo(new Found<>(List.of("here")));
    }

    @Test
    void aliasesInACircleAreAFailure() {
        first.change(z -> z.cname("a.test", "b.test").cname("b.test", "a.test"));
        assertThat(dns(first).txt("a.test"))
                .isInstanceOfSatisfying(Failed.class, f -> assertThat(f.why()).isEqualTo(DnsFailure.ALIASES));
    }

    @Test
    void anAliasToANameThatDoesNotExistIsNxDomain() {
        first.change(z -> z.cname("a.test", "gone.test"));
        assertThat(dns(first).txt("a.test")).isEqualTo(new NxDomain<>());
    }

    @ParameterizedTest
    @CsvSource({
        "SERVFAIL,SERVFAIL",
        "REFUSED,REFUSED",
        "DROP,TIMEOUT",
        "WRONGID,MALFORMED",
        "NOTIMP,OTHER",
        "BADVERS,OTHER"
    })
    void aServerThatGivesNoAnswerSaysNothingAboutTheName(String fault, DnsFailure why) {
        first.change(z -> z.fault(fault, "example.test"));
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
        first.change(z -> z.fault("TRUNCATE", "example.test"));
        assertThat(dns(first).mx("example.test")).isInstanceOf(Found.class);
        assertThat(first.queries()).extracting(AnsweredQuery::transport).containsExactly("udp", "tcp");
    }

    @Test
    void answersAreRememberedWithinTheirTtl() {
        DnsLookups dns = dns(first);
        dns.mx("example.test");
        dns.mx("EXAMPLE.test");
        assertThat(first.queries()).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        dns.mx("example.test");
        assertThat(first.queries()).hasSize(2);
    }

    @Test
    void thatANameIsNotThereIsRememberedForTheSoasMinimum() {
        DnsLookups dns = dns(first);
        dns.mx("nowhere.test");
        clock.advance(Duration.ofSeconds(59));
        dns.mx("nowhere.test");
        assertThat(first.queries()).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        dns.mx("nowhere.test");
        assertThat(first.queries()).hasSize(2);
    }

    @Test
    void aFailureIsForgottenSoon() {
        DnsLookups dns = dns(first);
        first.change(z -> z.fault("SERVFAIL", "example.test"));
        assertThat(dns.mx("example.test")).isInstanceOf(Failed.class);
        first.change(z -> z.heal("example.test"));
        assertThat(dns.mx("example.test")).isInstanceOf(Failed.class);
        clock.advance(Duration.ofSeconds(5));
        assertThat(dns.mx("example.test")).isInstanceOf(Found.class);
    }

    @Test
    void whatIsRememberedIsBounded() {
        DnsLookups dns = new DnsLookups(new DnsSettings(List.of(first.address()), TIMEOUT, 1, 50, 2), clock);
        List.of("example.test", "null.test", "mx1.example.test", "example.test").forEach(dns::mx);
        assertThat(first.queries()).hasSize(4);
    }

    @Test
    void everyServerSpeaksForItselfPastTheMemory() {
        DnsLookups dns = dns(first, second);
        first.change(z -> z.txt("k.test", "new"));
        assertThat(dns.txtFromEvery(dns.servers(), "k.test"))
                .containsExactly(
                        new ServerAnswer<>(first.address(), new Found<>(List.of("new")), MINUTE),
                        new ServerAnswer<>(second.address(), new NxDomain<>(), MINUTE));
        second.change(z -> z.txt("k.test", "new"));
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

    @Test
    void anAddressHasNames() throws IOException {
        first.change(z -> z.record("1.2.0.192.in-addr.arpa", "PTR", "MX1.example.test.")
                .record(
                        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
                        "PTR",
                        "mx1.example.test.")
                .fault("SERVFAIL", "9.2.0.192.in-addr.arpa"));
        DnsLookups dns = dns(first);
        assertThat(dns.names(InetAddress.getByName("192.0.2.1"))).isEqualTo(new Found<>(List.of("mx1.example.test")));
        assertThat(dns.names(InetAddress.getByName("2001:db8::1"))).isEqualTo(new Found<>(List.of("mx1.example.test")));
        assertThat(dns.names(InetAddress.getByName("192.0.2.2"))).isEqualTo(new NxDomain<>());
        assertThat(dns.names(InetAddress.getByName("192.0.2.9"))).isInstanceOf(Failed.class);
    }

    @Test
    void theHealthOfEachServerIsItsOwn() {
        second.change(z -> z.fault("SERVFAIL", "."));

        List<ServerHealth> health = dns(first, second).health();

        assertThat(health).extracting(ServerHealth::server).containsExactly(first.address(), second.address());
        assertThat(health.get(0).answer()).isEqualTo(new ServerHealth.Answer.Unvalidated());
        assertThat(health.get(1).answer()).isEqualTo(new ServerHealth.Answer.Failed(DnsFailure.SERVFAIL, "SERVFAIL"));
    }

    @Test
    void aServerThatKeepsSilentIsTimedOut() {
        first.change(z -> z.fault("DROP", "."));

        assertThat(dns(first).health())
                .singleElement()
                .satisfies(health -> assertThat(health.took()).isGreaterThanOrEqualTo(TIMEOUT))
                .extracting(ServerHealth::answer)
                .isInstanceOfSatisfying(
                        ServerHealth.Answer.Failed.class,
                        failed -> assertThat(failed.why()).isEqualTo(DnsFailure.TIMEOUT));
    }

    private DnsLookups dns(TestDns... servers) {
        return new DnsLookups(
                settings(List.of(servers).stream().map(TestDns::address).toList()), clock);
    }

    private static DnsSettings settings(List<InetSocketAddress> servers) {
        return new DnsSettings(servers, TIMEOUT, 1, 50, 1000);
    }
}
