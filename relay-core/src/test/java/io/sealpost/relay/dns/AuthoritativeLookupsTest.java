package io.sealpost.relay.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.MovableClock;
import io.sealpost.fixtures.TestDns;
import io.sealpost.fixtures.TestZones;
import io.sealpost.relay.dns.DnsAnswer.Failed;
import io.sealpost.relay.dns.DnsAnswer.Found;
import io.sealpost.relay.dns.DnsAnswer.NoData;
import io.sealpost.relay.dns.DnsAnswer.NxDomain;
import io.sealpost.sandbox.AnsweredQuery;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A resolver on 127.0.0.1, the name servers of {@code office.test} on .2 and .3, those of {@code keys.test} on .4, one port for all. */
class AuthoritativeLookupsTest {
    private static final String NAME = "s1._domainkey.office.test";

    private final List<TestDns> servers = new ArrayList<>();
    private TestDns resolver;
    private TestDns first;
    private TestDns second;
    private TestDns keys;

    @BeforeEach
    void start() {
        resolver = TestDns.start(AuthoritativeLookupsTest::world);
        servers.add(resolver);
        first = at("127.0.0.2", AuthoritativeLookupsTest::world);
        second = at("127.0.0.3", AuthoritativeLookupsTest::world);
        keys = at("127.0.0.4", AuthoritativeLookupsTest::world);
    }

    private static void world(TestZones zones) {
        zones.zone("office.test", "ns1.office.test", "ns2.office.test")
                .address("ns1.office.test", "127.0.0.2")
                .address("ns2.office.test", "127.0.0.3")
                .zone("keys.test", "ns.keys.test")
                .address("ns.keys.test", "127.0.0.4");
    }

    private TestDns at(String address, Consumer<TestZones> zones) {
        TestDns server =
                TestDns.start(Loopback.socket(address, resolver.address().getPort()), zones);
        servers.add(server);
        return server;
    }

    @AfterEach
    void stop() {
        servers.forEach(TestDns::close);
    }

    @Test
    void eachServerOfTheZoneSpeaksForItself() {
        first.change(zones -> zones.txt(NAME, "key"));

        assertThat(look())
                .containsExactly(
                        new AuthoritativeAnswer("ns1.office.test (127.0.0.2)", NAME, found("key"), minute()),
                        new AuthoritativeAnswer("ns2.office.test (127.0.0.3)", NAME, new NxDomain<>(), minute()));
    }

    @Test
    void theResolverIsNeverAskedForTheNameItself() {
        look();

        assertThat(resolver.queries()).extracting(AnsweredQuery::name).noneMatch(name -> name.contains("_domainkey"));
    }

    @Test
    void anAliasIsFollowedToTheServersOfItsTarget() {
        first.change(zones -> zones.cname(NAME, "s1.office.keys.test").txt("s1.office.keys.test", "stale copy"));
        second.change(zones -> zones.cname(NAME, "s1.office.keys.test"));
        keys.change(zones -> zones.txt("s1.office.keys.test", "key"));

        assertThat(look())
                .containsExactly(new AuthoritativeAnswer(
                        "ns.keys.test (127.0.0.4)", "s1.office.keys.test", found("key"), minute()));
    }

    @Test
    void aServerWithoutTheAliasDisagrees() {
        first.change(zones -> zones.cname(NAME, "s1.keys.test"));
        keys.change(zones -> zones.txt("s1.keys.test", "key"));

        assertThat(look())
                .extracting(AuthoritativeAnswer::server, AuthoritativeAnswer::answer)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ns2.office.test (127.0.0.3)", new NxDomain<>()),
                        org.assertj.core.groups.Tuple.tuple("ns.keys.test (127.0.0.4)", found("key")));
    }

    @Test
    void aliasesInACircleEnd() {
        for (TestDns server : List.of(first, second)) {
            server.change(zones -> zones.cname(NAME, "a.office.test").cname("a.office.test", NAME));
        }

        assertThat(look()).isEmpty();
    }

    @Test
    void aZoneBelowIsFoundByTheReferral() {
        for (TestDns server : List.of(first, second)) {
            server.change(zones -> zones.delegation("_domainkey.office.test", "ns.keys.test"));
        }
        keys.change(
                zones -> zones.zone("_domainkey.office.test", "ns.keys.test").txt(NAME, "key"));

        assertThat(look())
                .containsExactly(new AuthoritativeAnswer("ns.keys.test (127.0.0.4)", NAME, found("key"), minute()));
    }

    @Test
    void aZoneBelowWhoseServersSendOnToThemselvesIsAway() {
        for (TestDns server : List.of(first, second, keys)) {
            server.change(zones -> zones.delegation("_domainkey.office.test", "ns.keys.test"));
        }

        assertThat(look()).singleElement().satisfies(answer -> {
            assertThat(answer.server()).isEqualTo("ns.keys.test (127.0.0.4)");
            assertThat(answer.answer().toString()).contains("it sends us on to another server");
        });
    }

    @Test
    void aZoneWithVeryManyServersIsAskedAtSomeOfThem() {
        resolver.change(zones -> IntStream.range(0, 40)
                .forEach(i -> zones.delegation("office.test", "n" + i + ".office.test")
                        .address("n" + i + ".office.test", "127.0.0.2")));

        assertThat(look()).hasSize(13);
    }

    @Test
    void aDomainWithoutAZoneOfItsOwnIsAskedForAtTheZoneAbove() {
        resolver.change(zones -> zones.remove("office.test"));
        resolver.change(zones -> zones.txt(NAME, "key"));

        assertThat(look())
                .containsExactly(new AuthoritativeAnswer("ns.test (127.0.0.1)", NAME, found("key"), minute()));
    }

    @Test
    void theServersOfAnAliasAreNotThoseOfItsTarget() {
        resolver.change(zones -> zones.remove("office.test").cname("office.test", "keys.test"));

        assertThat(look()).extracting(AuthoritativeAnswer::server).containsExactly("ns.test (127.0.0.1)");
    }

    @Test
    void aNameWithoutTextIsToldFromNoName() {
        first.change(zones -> zones.address(NAME, "192.0.2.1"));

        assertThat(look()).extracting(AuthoritativeAnswer::answer).containsExactly(new NoData<>(), new NxDomain<>());
    }

    @Test
    void truncatedAnswersAreFetchedOverTcp() {
        first.change(zones -> zones.txt(NAME, "key").fault("TRUNCATE", NAME));

        assertThat(look()).extracting(AuthoritativeAnswer::answer).contains(found("key"));
        assertThat(first.queries()).extracting(AnsweredQuery::transport).containsExactly("udp", "tcp");
    }

    @ParameterizedTest
    @CsvSource({"SERVFAIL,SERVFAIL", "REFUSED,REFUSED", "DROP,TIMEOUT", "NOTIMP,OTHER"})
    void aServerThatGivesNoAnswerIsNamedWithTheReason(String fault, DnsFailure why) {
        first.change(zones -> zones.fault(fault, NAME));
        second.change(zones -> zones.txt(NAME, "key"));

        List<AuthoritativeAnswer> answers = look();

        assertThat(answers).extracting(AuthoritativeAnswer::server).first().isEqualTo("ns1.office.test (127.0.0.2)");
        assertThat(answers.get(0).answer())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.why()).isEqualTo(why));
        assertThat(answers.get(1).answer()).isEqualTo(found("key"));
    }

    @Test
    void aHostThatAnswersAtOneOfItsAddressesIsNotAway() {
        resolver.change(zones -> zones.address("ns1.office.test", "127.0.0.9"));
        first.change(zones -> zones.txt(NAME, "key"));
        second.change(zones -> zones.txt(NAME, "key"));

        assertThat(look())
                .extracting(AuthoritativeAnswer::server)
                .containsExactly("ns1.office.test (127.0.0.2)", "ns2.office.test (127.0.0.3)");
    }

    @Test
    void addressesThatAreNotAllowedAreNeverAsked() {
        List<AuthoritativeAnswer> answers = new AuthoritativeLookups(
                        dns(),
                        address -> Optional.of(address)
                                .filter(each -> !each.getHostAddress().equals("127.0.0.3"))
                                .map(each -> new InetSocketAddress(
                                        each, resolver.address().getPort())))
                .txt(NAME, "office.test");

        assertThat(second.queries()).isEmpty();
        assertThat(answers)
                .filteredOn(answer -> answer.server().equals("ns2.office.test"))
                .singleElement()
                .satisfies(answer -> assertThat(answer.answer().toString()).contains("127.0.0.3 is a private address"));
    }

    @Test
    void aHostWithoutAnAddressIsNamed() {
        resolver.change(zones -> zones.remove("ns2.office.test"));

        assertThat(look())
                .filteredOn(answer -> answer.server().equals("ns2.office.test"))
                .singleElement()
                .satisfies(answer -> assertThat(answer.answer().toString()).contains("address cannot be found"));
    }

    @Test
    void aZoneThatCannotBeLookedUpIsNamed() {
        resolver.change(zones -> zones.fault("SERVFAIL", "office.test"));

        assertThat(look())
                .singleElement()
                .satisfies(answer -> assertThat(answer.server()).isEqualTo("the name servers of office.test"));
    }

    @Test
    void theRootIsNotAsked() {
        assertThat(lookups().txt("s1._domainkey.office.lan", "office.lan"))
                .singleElement()
                .satisfies(answer -> assertThat(answer.answer().toString()).contains("none to be found"));
    }

    @Test
    void aNameThatIsNoNameIsAFailure() {
        assertThat(lookups().txt("a".repeat(64) + ".test", "office.test"))
                .singleElement()
                .satisfies(answer -> assertThat(answer.answer()).isInstanceOf(Failed.class));
    }

    private List<AuthoritativeAnswer> look() {
        return lookups().txt(NAME, "office.test");
    }

    private AuthoritativeLookups lookups() {
        int port = resolver.address().getPort();
        return new AuthoritativeLookups(dns(), address -> Optional.of(new InetSocketAddress(address, port)));
    }

    private DnsLookups dns() {
        return new DnsLookups(
                new DnsSettings(List.of(resolver.address()), Duration.ofMillis(250), 1, 50, 1000),
                MovableClock.at("2026-01-01T00:00:00Z"));
    }

    private static DnsAnswer<String> found(String text) {
        return new Found<>(List.of(text));
    }

    private static Duration minute() {
        return Duration.ofMinutes(1);
    }
}
