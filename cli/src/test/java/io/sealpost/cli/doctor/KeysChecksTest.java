package io.sealpost.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.NewKey;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Keys against the DNS, of all domains and of one; and the other records of a domain. */
class KeysChecksTest {
    private static final NewKey ED25519 = NewKey.of(KeyAlgorithm.ED25519);

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
    void keysWhoseRecordsStandAreCounted() throws Exception {
        assertThat(ward.only(Level.WARNING, new KeysCheck())).contains("no domain is held", "sealpost domain add");

        ward.hold(Ward.OFFICE);
        ward.activate(Ward.OFFICE, ED25519);
        assertThat(ward.only(Level.OK, new KeysCheck())).contains("1 domain; 1 key looked for in the DNS");
    }

    @Test
    void anActiveKeyWhoseRecordIsGoneOrOfAnotherKeyIsAProblem() throws Exception {
        ward.hold(Ward.OFFICE);
        DkimKey key = ward.activate(Ward.OFFICE, ED25519);

        ward.dns().change(zones -> zones.remove(key.recordName()));
        assertThat(amiss()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.PROBLEM);
            assertThat(finding.sentence()).contains("receivers cannot verify it", "there is no TXT record");
            assertThat(finding.remedy()).contains("sealpost dkim dns office.test");
        });

        ward.dns().change(zones -> zones.txt(key.recordName(), "v=DKIM1; k=ed25519; p=AAAA"));
        assertThat(amiss())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("another key"));
    }

    @Test
    void aRecordThatCannotBeAskedForIsAWarningOnly() throws Exception {
        ward.hold(Ward.OFFICE);
        DkimKey key = ward.activate(Ward.OFFICE, ED25519);
        ward.dns().change(zones -> zones.fault("SERVFAIL", key.recordName()));

        assertThat(amiss()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.WARNING);
            assertThat(finding.sentence()).contains("could not be asked for " + key.recordName());
        });
    }

    @Test
    void aPendingKeyIsPatientForAWeek() throws Exception {
        ward.hold(Ward.OFFICE);
        ward.activate(Ward.OFFICE, ED25519);
        DkimKey key = ward.create(Ward.OFFICE, ED25519);
        assertThat(amiss()).isEmpty();

        ward.database()
                .transactions()
                .read(handle -> handle.execute(
                        "UPDATE dkim_key SET state_since = state_since - INTERVAL 8 DAY WHERE id = ?", key.id()));
        assertThat(amiss())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("waiting for its record for 8d 0h"));

        ward.publish(key);
        assertThat(amiss())
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).isEqualTo("sealpost dkim activate office.test"));
    }

    @Test
    void aRetiringKeyWhoseRecordIsGoneTooEarlyIsAWarning() throws Exception {
        ward.hold(Ward.OFFICE);
        DkimKey first = ward.activate(Ward.OFFICE, ED25519);
        ward.activate(Ward.OFFICE, ED25519);
        assertThat(amiss()).isEmpty();

        ward.dns().change(zones -> zones.remove(first.recordName()));
        assertThat(amiss()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.WARNING);
            assertThat(finding.sentence()).contains("is retiring, and mail under way");
        });
    }

    @Test
    void aRetiringKeyWhoseTimeIsOverIsToBeRetired() throws Exception {
        ward.hold(Ward.OFFICE);
        DkimKey first = ward.activate(Ward.OFFICE, ED25519);
        ward.activate(Ward.OFFICE, ED25519);
        ward.database()
                .transactions()
                .read(handle -> handle.execute(
                        "UPDATE dkim_key SET state_since = state_since - INTERVAL 13 DAY WHERE id = ?", first.id()));

        assertThat(amiss()).singleElement().satisfies(finding -> {
            assertThat(finding.sentence()).contains("is retiring, and its time was over at");
            assertThat(finding.remedy()).contains("sealpost dkim retire office.test --selector " + first.selector());
        });
    }

    @Test
    void weakKeysAndDomainsThatCannotSignAreTold() throws Exception {
        ward.hold(Ward.OFFICE);
        ward.activate(Ward.OFFICE, NewKey.of(KeyAlgorithm.RSA).withBits(1024));
        ward.hold(MailDomain.parse("keyless.test"));

        assertThat(amiss())
                .extracting(Finding::sentence)
                .satisfiesExactly(
                        weak -> assertThat(weak).contains("RSA of 1024 bits"),
                        none -> assertThat(none).contains("no key signs for keyless.test"));
    }

    private List<Finding> amiss() throws Exception {
        return ward.look(new KeysCheck()).stream()
                .filter(finding -> finding.level() != Level.OK)
                .toList();
    }

    @Test
    void aDomainIsHeldSignsAndHasAccounts() throws Exception {
        assertThat(ward.only(Level.PROBLEM, new DomainHeldCheck(Ward.OFFICE)))
                .contains("sealpost domain add office.test");

        ward.hold(Ward.OFFICE);
        assertThat(ward.only(Level.OK, new DomainHeldCheck(Ward.OFFICE))).contains("is held here since");
        assertThat(ward.only(Level.PROBLEM, new DomainKeysCheck(Ward.OFFICE)))
                .contains("sealpost dkim create office.test");
        assertThat(ward.only(Level.WARNING, new DomainAccountsCheck(Ward.OFFICE)))
                .contains("sealpost account add");

        ward.activate(Ward.OFFICE, ED25519);
        ward.administer(administration ->
                administration.accounts().addAccount(1, EmailAddress.parse("anna@office.test"), Optional.empty()));
        assertThat(ward.only(Level.OK, new DomainKeysCheck(Ward.OFFICE))).contains("signs, and its record is there");
        assertThat(ward.only(Level.OK, new DomainAccountsCheck(Ward.OFFICE))).contains("1 account at office.test");
    }

    @Test
    void spfNamesUsOrSaysThatItDoesNot() throws Exception {
        assertThat(ward.only(Level.WARNING, spf())).contains("has no SPF record", "v=spf1 ip4:192.0.2.7 -all");

        spf("v=spf1 ip4:192.0.2.0/24 -all");
        assertThat(ward.only(Level.OK, spf())).contains("names 192.0.2.7");
        ward.comesFrom("10.0.0.5");
        assertThat(ward.only(Level.OK, spf())).as("by the address of our name").contains("names 192.0.2.7");
        ward.comesFrom(Ward.SOURCE);
        spf("v=spf1 ip4:198.51.100.1 -all");
        assertThat(ward.only(Level.WARNING, spf())).contains("does not name 192.0.2.7", "add ip4:192.0.2.7");
        spf("v=spf1 a:relay.office.test -all");
        assertThat(ward.only(Level.OK, spf())).contains("names 192.0.2.7");
        spf("v=spf1 a ip4:198.51.100.0/24 -all");
        assertThat(ward.only(Level.OK, spf())).contains("was not worked out (a)");
        spf("v=spf1 include:_spf.else.test -all");
        assertThat(ward.only(Level.OK, spf())).contains("was not worked out (include:_spf.else.test)");
        spf("v=spf1 +all");
        assertThat(ward.only(Level.WARNING, spf())).contains("lets everybody send");
        spf("v=spf1 ipv4:192.0.2.7 -all");
        assertThat(ward.only(Level.PROBLEM, spf())).contains("cannot be read");

        ward.dns().change(zones -> zones.txt("office.test", "v=spf1 -all"));
        assertThat(ward.only(Level.PROBLEM, spf())).contains("2 SPF records");
        ward.dns().change(zones -> zones.fault("SERVFAIL", "office.test"));
        assertThat(ward.only(Level.WARNING, spf())).contains("could not be asked for");
    }

    private static SpfCheck spf() {
        return new SpfCheck(Ward.OFFICE);
    }

    private void spf(String record) {
        ward.dns()
                .change(zones ->
                        zones.remove("office.test").txt("office.test", record).txt("office.test", "other"));
    }

    @Test
    void spfRecordsAreReadAsFarAsTheirTermsGo() throws IOException {
        SpfRecord record = SpfRecord.parse("V=SPF1 a mx:mail.test ip6:2001:db8::/32 -ip4:192.0.2.7 exp=why.test ~all");

        assertThat(record.elsewhere()).containsExactly("a", "mx:mail.test");
        assertThat(record.all()).isEqualTo("~");
        assertThat(record.names(InetAddress.getByName("2001:db8::1"))).isTrue();
        assertThat(record.names(InetAddress.getByName("192.0.2.7"))).isFalse();
        assertThat(SpfRecord.isOne("v=spf1")).isTrue();
        assertThat(SpfRecord.isOne("v=spf10 -all")).isFalse();
        assertThat(SpfRecord.parse("v=spf1").all()).isEmpty();
    }

    @Test
    void dmarcIsFoundAtTheDomainOrAboveIt() throws Exception {
        DmarcCheck below = new DmarcCheck(MailDomain.parse("news.office.test"));
        assertThat(ward.only(Level.WARNING, below)).contains("no DMARC policy", "_dmarc.news.office.test");

        ward.dns()
                .change(zones ->
                        zones.txt("_dmarc.office.test", "v=DMARC1; sp=none; p=reject; rua=mailto:a@office.test"));
        assertThat(ward.only(Level.OK, below)).contains("_dmarc.office.test says p=reject");
        ward.dns().change(zones -> zones.txt("_dmarc.news.office.test", "v=DMARC1; rua=mailto:a@office.test"));
        assertThat(ward.only(Level.WARNING, below)).contains("has no p=");
        ward.dns().change(zones -> zones.txt("_dmarc.news.office.test", "v=DMARC1; p=none"));
        assertThat(ward.only(Level.PROBLEM, below)).contains("2 DMARC records");
        ward.dns().change(zones -> zones.fault("SERVFAIL", "_dmarc.news.office.test"));
        assertThat(ward.only(Level.WARNING, below)).contains("could not be asked for");
    }

    @Test
    void aSenderDomainTakesMailItself() throws Exception {
        SenderMxCheck mx = new SenderMxCheck(Ward.OFFICE);
        assertThat(ward.only(Level.OK, new SenderMxCheck(Ward.SHOP))).contains("mx1.shop.test, mx2.shop.test");
        assertThat(ward.only(Level.PROBLEM, new SenderMxCheck(MailDomain.parse("nowhere.test"))))
                .contains("does not exist");

        assertThat(ward.only(Level.PROBLEM, mx)).contains("neither MX nor address");
        ward.dns().change(zones -> zones.address("office.test", "192.0.2.9"));
        assertThat(ward.only(Level.OK, mx)).contains("its own address counts");
        ward.dns().change(zones -> zones.nullMx("office.test"));
        assertThat(ward.only(Level.PROBLEM, mx)).contains("takes no mail (null MX)");
        ward.dns().change(zones -> zones.fault("SERVFAIL", "office.test"));
        assertThat(ward.only(Level.WARNING, mx)).contains("could not be asked for");
    }
}
