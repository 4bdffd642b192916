package io.sealpost.relay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.TestDns;
import io.sealpost.mail.IpNetwork;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.dns.DnsLookups;
import io.sealpost.relay.dns.DnsSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MxRouterTest {
    private static final OwnHost ELSEWHERE =
            new OwnHost("relay.example.net", List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 2587)));

    private final Random random = new Random(1);
    private TestDns dns;

    @BeforeEach
    void start() {
        dns = TestDns.start(zones -> zones.address("a.test", "192.0.2.1")
                .address("a.test", "2001:db8::1")
                .address("b.test", "192.0.2.2")
                .address("c.test", "192.0.2.3")
                .address("private.test", "10.0.0.1"));
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    @Test
    void hostsComeByPreferenceEachWithAllItsAddresses() {
        mx("example.test.", "20 b.test.", "10 a.test.");
        assertThat(hosts("example.test")).extracting(Route.MxHost::name).containsExactly("a.test", "b.test");
        assertThat(hosts("example.test").get(0).addresses())
                .containsExactly(new InetSocketAddress("192.0.2.1", 25), new InetSocketAddress("2001:db8::1", 25));
    }

    @Test
    void equalsAreShuffled() {
        mx("example.test.", "10 a.test.", "10 b.test.", "5 c.test.");
        MxRouter router = router(ELSEWHERE, PrivateAddresses.refused());
        List<List<String>> orders = IntStream.range(0, 50)
                .mapToObj(i -> hostsOf(router.route(MailDomain.parse("example.test"))))
                .toList();
        assertThat(orders.stream().collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        List.of("c.test", "a.test", "b.test"), List.of("c.test", "b.test", "a.test"));
    }

    @Test
    void theSiteIsTheSetOfHostsWhateverTheirOrderOrTheDomain() {
        mx("one.test.", "10 a.test.", "20 b.test.");
        mx("two.test.", "20 a.test.", "10 b.test.");
        assertThat(((Route.Hosts) route("one.test")).site())
                .isEqualTo(((Route.Hosts) route("two.test")).site())
                .isEqualTo("a.test,b.test");
    }

    @Test
    void theSiteStaysTheSameWhileAHostCannotBeLookedUp() {
        mx("one.test.", "10 a.test.", "20 b.test.");
        dns.change(z -> z.fault("SERVFAIL", "b.test."));
        assertThat(((Route.Hosts) route("one.test")).site()).isEqualTo("a.test,b.test");
    }

    @Test
    void theNameOfAHugeSiteIsBounded() {
        List<String> names = IntStream.range(0, 20)
                .mapToObj(i -> "m" + i + ".very-long-name-of-a-host.example.test")
                .toList();
        assertThat(SiteName.of(names))
                .hasSize(255)
                .isEqualTo(SiteName.of(names))
                .isNotEqualTo(SiteName.of(names.subList(1, 20)));
    }

    @Test
    void withoutMxTheDomainItselfIsTheHost() {
        assertThat(hosts("a.test")).extracting(Route.MxHost::name).containsExactly("a.test");
    }

    @Test
    void withMxTheDomainsOwnAddressIsNoFallBack() {
        dns.change(z -> z.address("web.test.", "192.0.2.80"));
        mx("web.test.", "10 gone.test.");
        assertUnroutable("web.test", "5.4.4", "no mail host with an address");
    }

    @Test
    void nullMxEndsAtOnce() {
        mx("null.test.", "0 .");
        assertUnroutable("null.test", "5.1.10", "does not accept mail");
    }

    @Test
    void theRootBesideOtherHostsIsPassedOver() {
        mx("odd.test.", "0 .", "10 a.test.");
        assertThat(hosts("odd.test")).extracting(Route.MxHost::name).containsExactly("a.test");
    }

    @Test
    void aDomainThatDoesNotExistEndsAtOnce() {
        assertUnroutable("nowhere.test", "5.1.2", "Domain nowhere.test does not exist");
    }

    @Test
    void aDomainWithNeitherMxNorAddressEndsAtOnce() {
        dns.change(z -> z.txt("txt.test.", "hello"));
        assertUnroutable("txt.test", "5.4.4", "no mail host with an address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVFAIL", "REFUSED", "DROP", "WRONGID", "NOTIMP"})
    void aLookUpThatFailsNeverEndsADelivery(String fault) {
        mx("example.test.", "10 a.test.");
        dns.change(z -> z.fault(fault, "example.test."));
        assertNotNow("example.test");
        mx("other.test.", "10 lost.test.");
        dns.change(z -> z.fault(fault, "lost.test."));
        assertNotNow("other.test");
    }

    @Test
    void aHostWhoseLookUpFailsIsPassedOverWhereAnotherOneIsThere() {
        mx("example.test.", "10 lost.test.", "20 a.test.");
        dns.change(z -> z.fault("SERVFAIL", "lost.test."));
        assertThat(hosts("example.test")).extracting(Route.MxHost::name).containsExactly("a.test");
    }

    @Test
    void aHostThatIsAnAliasIsFollowed() {
        mx("example.test.", "10 alias.test.");
        dns.change(z -> z.cname("alias.test.", "b.test."));
        Route.MxHost host = hosts("example.test").get(0);
        assertThat(host.name()).isEqualTo("alias.test");
        assertThat(host.addresses()).containsExactly(new InetSocketAddress("192.0.2.2", 25));
    }

    @Test
    void aDomainThatIsAnAliasIsFollowed() {
        mx("example.test.", "10 a.test.");
        dns.change(z -> z.cname("alias.test.", "example.test."));
        assertThat(hosts("alias.test")).extracting(Route.MxHost::name).containsExactly("a.test");
    }

    @Test
    void internationalDomainsAreAskedForByTheirALabels() {
        mx("xn--mller-kva.test.", "10 xn--mller-kva.test.");
        dns.change(z -> z.address("xn--mller-kva.test.", "192.0.2.9"));
        assertThat(hosts("müller.test")).extracting(Route.MxHost::name).containsExactly("xn--mller-kva.test");
    }

    @Test
    void privateAddressesAreNotUsed() {
        mx("example.test.", "10 private.test.", "20 a.test.");
        assertThat(hosts("example.test")).extracting(Route.MxHost::name).containsExactly("a.test");
        assertUnroutable("private.test", "5.4.4", "only private addresses");
    }

    @Test
    void privateAddressesAreUsedWhereAllowed() {
        PrivateAddresses allowed = PrivateAddresses.allowedIn(List.of(IpNetwork.parse("10.0.0.0/24")));
        assertThat(hostsOf(router(ELSEWHERE, allowed).route(MailDomain.parse("private.test"))))
                .containsExactly("private.test");
    }

    @Test
    void fromOurselvesOnTheListIsCutOff() {
        OwnHost own = new OwnHost("b.test", List.of(new InetSocketAddress("0.0.0.0", 25)));
        mx("backup.test.", "10 a.test.", "20 b.test.", "20 c.test.", "30 c.test.");
        assertThat(hostsOf(router(own, PrivateAddresses.refused()).route(MailDomain.parse("backup.test"))))
                .containsExactly("a.test");
        mx("ours.test.", "10 b.test.", "20 a.test.");
        assertThat(router(own, PrivateAddresses.refused()).route(MailDomain.parse("ours.test")))
                .isInstanceOfSatisfying(
                        Route.Unroutable.class,
                        none -> assertThat(none.reply().shown())
                                .isEqualTo("5.4.6 Mail for ours.test leads back to this server"));
    }

    @Test
    void anAddressOfOursUnderAnyNameIsOurselves() {
        OwnHost own = new OwnHost("relay.example.net", List.of(new InetSocketAddress("192.0.2.2", 25)));
        assertThat(router(own, PrivateAddresses.refused()).route(MailDomain.parse("b.test")))
                .isInstanceOf(Route.Unroutable.class);
    }

    @Test
    void anotherServerOfTheSameMachineIsNotOurselves() {
        OwnHost own = new OwnHost("b.test", List.of(new InetSocketAddress("192.0.2.2", 587)));
        assertThat(hostsOf(router(own, PrivateAddresses.refused()).route(MailDomain.parse("b.test"))))
                .containsExactly("b.test");
    }

    private void mx(String domain, String... records) {
        for (String record : records) {
            dns.change(z -> z.record(domain, "MX", record));
        }
    }

    private Route route(String domain) {
        return router(ELSEWHERE, PrivateAddresses.refused()).route(MailDomain.parse(domain));
    }

    private List<Route.MxHost> hosts(String domain) {
        return ((Route.Hosts) route(domain)).hosts();
    }

    private static List<String> hostsOf(Route route) {
        return ((Route.Hosts) route).hosts().stream().map(Route.MxHost::name).toList();
    }

    private MxRouter router(OwnHost own, PrivateAddresses addresses) {
        DnsSettings settings = new DnsSettings(List.of(dns.address()), Duration.ofMillis(200), 1, 50, 0);
        return new MxRouter(new DnsLookups(settings, Clock.systemUTC()), own, addresses, 25, random);
    }

    private void assertUnroutable(String domain, String status, String sentence) {
        assertThat(route(domain)).isInstanceOfSatisfying(Route.Unroutable.class, none -> {
            assertThat(none.reply().status().map(Object::toString)).contains(status);
            assertThat(none.reply().text()).contains(sentence);
        });
    }

    private void assertNotNow(String domain) {
        assertThat(route(domain))
                .isInstanceOfSatisfying(
                        Route.NotNow.class,
                        later -> assertThat(later.reply().status().map(Object::toString))
                                .contains("4.4.3"));
    }
}
