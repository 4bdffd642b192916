package io.sealpost.cli.doctor;

import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.dns.ServerHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What others see of us and we of them: name servers, addresses, helo name, the way out. */
class WorldChecksTest {
    @RegisterExtension
    static final TestDatabase DATABASE = Ward.tables();

    @TempDir
    private Path folder;

    private Ward ward;

    @BeforeEach
    void open() throws IOException {
        ward = Ward.open(folder, DATABASE);
    }

    @AfterEach
    void close() {
        ward.close();
    }

    @Test
    void eachNameServerIsToldByItself() throws Exception {
        int dead = Loopback.freePort();
        String here = "\"127.0.0.1:" + ward.dns().address().getPort() + "\"";
        ward.edit("servers = [" + here, "servers = [\"127.0.0.1:" + dead + "\", " + here);

        List<Finding> findings = ward.look(new DnsServersCheck());

        assertThat(findings).extracting(Finding::level).containsExactly(Level.PROBLEM, Level.OK);
        assertThat(findings.get(0).sentence()).contains("127.0.0.1:" + dead + " gives no answer");
        assertThat(findings.get(1).sentence()).contains("answers in", "without saying that it validated");
    }

    @Test
    void aServerThatFailsOrLooksNothingUpForUsIsTold() throws Exception {
        ward.dns().change(zones -> zones.fault("SERVFAIL", "."));
        assertThat(ward.only(Level.PROBLEM, new DnsServersCheck())).contains("SERVFAIL");

        ward.dns().change(zones -> zones.heal(".").fault("REFUSED", "."));
        assertThat(ward.only(Level.WARNING, new DnsServersCheck())).contains("outside its own zones", "sandbox");
    }

    @Test
    void aSlowServerAndOneThatValidatesAreTold() {
        assertThat(DnsServersCheck.judge(health(new ServerHealth.Answer.Validated(), Duration.ofMillis(3)))
                        .sentence())
                .endsWith("validated by DNSSEC");
        assertThat(DnsServersCheck.judge(health(new ServerHealth.Answer.Unvalidated(), Duration.ofSeconds(2)))
                        .level())
                .isEqualTo(Level.WARNING);
    }

    private static ServerHealth health(ServerHealth.Answer answer, Duration took) {
        return new ServerHealth(Loopback.socket("127.0.0.1", 53), answer, took);
    }

    @Test
    void anAddressHasANameThatLeadsBack() throws Exception {
        assertThat(ward.only(Level.OK, new SourceAddressCheck()))
                .contains("192.0.2.7 is named relay.office.test, which leads back to it");

        ward.comesFrom("192.0.2.7", "2001:db8::7");
        assertThat(ward.look(new SourceAddressCheck()))
                .extracting(Finding::level)
                .containsExactly(Level.OK, Level.PROBLEM);
    }

    @Test
    void anAddressWithoutANameOrWithOneThatLeadsElsewhereIsAProblem() throws Exception {
        ward.dns().change(zones -> zones.remove("relay.office.test").address("relay.office.test", "192.0.2.8"));
        assertThat(ward.only(Level.PROBLEM, new SourceAddressCheck()))
                .contains("is named [relay.office.test], which does not lead back", "PTR");

        ward.dns().change(zones -> zones.remove("7.2.0.192.in-addr.arpa"));
        assertThat(ward.only(Level.PROBLEM, new SourceAddressCheck())).contains("has no name (PTR)");

        ward.dns().change(zones -> zones.fault("SERVFAIL", "7.2.0.192.in-addr.arpa"));
        assertThat(ward.only(Level.WARNING, new SourceAddressCheck())).contains("could not be asked for");
    }

    @Test
    void aPrivateAddressIsSaidToBeTranslated() throws Exception {
        ward.comesFrom("10.0.0.5");
        assertThat(ward.only(Level.OK, new SourceAddressCheck()))
                .contains("10.0.0.5 is private", "192.0.2.7 is named relay.office.test");
        assertThat(ward.only(Level.OK, new HeloNameCheck())).contains("translated on its way");

        ward.comesFrom("fd00::5");
        assertThat(ward.only(Level.WARNING, new SourceAddressCheck()))
                .contains("is private", "no public address of relay.office.test");
    }

    @Test
    void aMachineWithoutAWayOutIsAProblem() throws Exception {
        assertThat(ward.comesFrom().only(Level.PROBLEM, new SourceAddressCheck()))
                .contains("no way out");
    }

    @Test
    void theHeloNameLeadsToTheAddressByEachFamily() throws Exception {
        assertThat(ward.only(Level.OK, new HeloNameCheck())).contains("leads to 192.0.2.7");

        ward.comesFrom("192.0.2.7", "2001:db8::7");
        List<Finding> findings = ward.look(new HeloNameCheck());
        assertThat(findings).extracting(Finding::level).containsExactly(Level.OK, Level.WARNING);
        assertThat(findings.get(1).sentence()).contains("has no AAAA record", "by IPv6 from 2001:db8:0:0:0:0:0:7");

        ward.comesFrom("192.0.2.9");
        assertThat(ward.only(Level.WARNING, new HeloNameCheck()))
                .contains("leads to [192.0.2.7], but mail goes out by IPv4 from 192.0.2.9");
    }

    @Test
    void aHeloNameThatLeadsNowhereIsAProblem() throws Exception {
        ward.dns().change(zones -> zones.remove("relay.office.test"));
        assertThat(ward.only(Level.PROBLEM, new HeloNameCheck())).contains("no address in the DNS");

        ward.dns().change(zones -> zones.fault("SERVFAIL", "relay.office.test"));
        assertThat(ward.only(Level.WARNING, new HeloNameCheck())).contains("could not be asked for");
    }

    @Test
    void theWayOutIsTriedWithoutSendingAnything() throws Exception {
        assertThat(ward.only(Level.OK, new PortOutCheck())).contains("mx1.shop.test[127.0.0.2]:", "over TLSv1.3");
        assertThat(ward.mx().arrivals()).isEmpty();
        assertThat(ward.mx().sessions()).hasSize(1);

        assertThat(ward.probing(Optional.empty()).only(Level.OK, new PortOutCheck()))
                .contains("--probe none");
        assertThat(ward.mx().sessions()).hasSize(1);
    }

    @Test
    void theNextHostIsTriedBeforeTheWayOutIsCalledBlocked() throws Exception {
        ward.mx().down("127.0.0.2");
        assertThat(ward.only(Level.OK, new PortOutCheck())).contains("mx2.shop.test");

        ward.mx().down("127.0.0.3");
        assertThat(ward.only(Level.PROBLEM, new PortOutCheck())).contains("Connection refused", "out is blocked");
    }

    @Test
    void ahostThatRefusesUsIsToldWithItsWords() throws Exception {
        ward.mx().onConnect(reply(554, "5.7.1 192.0.2.7 is on a blocklist"));

        assertThat(ward.only(Level.PROBLEM, new PortOutCheck())).contains("refuses us: 554 5.7.1", "blocklist");
    }

    @Test
    void aProbeThatHasNoRouteIsAProblemOfTheDns() throws Exception {
        assertThat(ward.probing(MailDomain.tryParse("nowhere.test")).only(Level.PROBLEM, new PortOutCheck()))
                .contains("no way to the mail hosts of nowhere.test", "--probe DOMAIN");

        ward.dns().change(zones -> zones.fault("SERVFAIL", "shop.test", "MX"));
        assertThat(ward.probing(Optional.of(Ward.SHOP)).only(Level.PROBLEM, new PortOutCheck()))
                .contains("SERVFAIL");
    }
}
