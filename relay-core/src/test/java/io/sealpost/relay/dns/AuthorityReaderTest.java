package io.sealpost.relay.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class AuthorityReaderTest {
    private static final String NAME = "s1._domainkey.office.test.";

    private final Question question = Question.of(NAME, Type.TXT).orElseThrow();
    private final Message response = new Message();

    @BeforeEach
    void respond() {
        response.getHeader().setFlag(Flags.QR);
        response.addRecord(question.query().getQuestion(), Section.QUESTION);
    }

    @Test
    void whatIsSaidWithAuthorityCounts() throws IOException {
        authoritative();
        add(Section.ANSWER, NAME, Type.TXT, "key");

        assertThat(AuthorityReader.read(question, response))
                .isInstanceOfSatisfying(
                        DirectAnswer.Said.class,
                        said -> assertThat(said.end().ttl()).isEqualTo(Duration.ofSeconds(60)));
    }

    @Test
    void aResolverThatRemembersARecordIsNoAuthority() throws IOException {
        add(Section.ANSWER, NAME, Type.TXT, "key");

        assertLame();
    }

    @Test
    void aResolverThatRemembersThatThereIsNoneIsNoAuthority() throws IOException {
        response.getHeader().setRcode(Rcode.NXDOMAIN);
        add(Section.AUTHORITY, "office.test.", Type.SOA, "ns.test. h.test. 1 3600 600 86400 60");

        assertLame();
    }

    @Test
    void anAliasIsTheBusinessOfItsTargetsServersWhateverTheCodeSays() throws IOException {
        authoritative();
        response.getHeader().setRcode(Rcode.NXDOMAIN);
        add(Section.ANSWER, NAME, Type.CNAME, "s1.keys.test.");

        assertThat(AuthorityReader.read(question, response))
                .isEqualTo(new DirectAnswer.Alias(Name.fromString("s1.keys.test.")));
    }

    @Test
    void aZoneBelowIsAReferral() throws IOException {
        add(Section.AUTHORITY, "_domainkey.office.test.", Type.NS, "NS1.keys.test.");
        add(Section.AUTHORITY, "_domainkey.office.test.", Type.NS, "ns2.keys.test.");
        add(Section.AUTHORITY, "elsewhere.test.", Type.NS, "evil.test.");

        assertThat(AuthorityReader.read(question, response))
                .isEqualTo(new DirectAnswer.Referral(
                        Name.fromString("_domainkey.office.test."), List.of("ns1.keys.test", "ns2.keys.test")));
    }

    @Test
    void aReferralAboutAnotherNameIsNone() throws IOException {
        add(Section.AUTHORITY, "elsewhere.test.", Type.NS, "evil.test.");

        assertLame();
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTIMP, Rcode.FORMERR})
    void anErrorIsNoAnswer(int rcode) {
        response.getHeader().setRcode(rcode);

        assertThat(AuthorityReader.read(question, response))
                .isInstanceOfSatisfying(
                        DirectAnswer.Said.class,
                        said -> assertThat(said.end().isFailure()).isTrue());
    }

    @Test
    void theServerIsNotToAskOthersForUs() {
        assertThat(question.directQuery().getHeader().getFlag(Flags.RD)).isFalse();
        assertThat(question.query().getHeader().getFlag(Flags.RD)).isTrue();
    }

    private void assertLame() {
        assertThat(AuthorityReader.read(question, response))
                .isInstanceOfSatisfying(
                        DirectAnswer.Said.class,
                        said -> assertThat(said.end().answer())
                                .isInstanceOfSatisfying(
                                        DnsAnswer.Failed.class,
                                        failed -> assertThat(failed.why()).isEqualTo(DnsFailure.LAME)));
    }

    private void authoritative() {
        response.getHeader().setFlag(Flags.AA);
    }

    private void add(int section, String name, int type, String data) throws IOException {
        response.addRecord(Record.fromString(Name.fromString(name), type, DClass.IN, 60, data, Name.root), section);
    }
}
