package io.sealpost.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

class SandboxDnsTest {
    private static final String ZONES = """
            $TTL 60
            $ORIGIN shop.test.
            @     300 SOA ns hostmaster 1 3600 600 604800 30
            @     NS  ns
            @     MX  10 mx1
            @     MX  20 mx2
            ns    A   127.0.0.1
            mx1   A   127.0.0.1
            mx2   AAAA ::1
            s1._domainkey  TXT ( "v=DKIM1; k=rsa; p=%s"
                                 "%s" )
            www   CNAME alias
            alias CNAME target.other.test.
            away  CNAME www.example.
            gone  CNAME nothing.other.test.
            loop  CNAME loop2
            loop2 CNAME loop
            sub   NS ns.sub
            ns.sub A 127.0.0.9
            *.wild MX 5 mx1
            big   TXT "%s"
            $ORIGIN other.test.
            @     SOA ns.shop.test. hostmaster 1 3600 600 604800 30
            @     NS  ns.shop.test.
            target A 127.0.0.7
            """.formatted(
                    "A".repeat(200),
                    "B".repeat(200),
                    "x".repeat(255) + "\" \"".concat("y".repeat(255)).repeat(5));

    private SandboxDns dns;
    private DnsProbe probe;

    @BeforeEach
    void start() throws IOException {
        dns = SandboxDns.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ZONES);
        probe = new DnsProbe(dns.address());
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    @Test
    void answersWithAuthority() throws IOException {
        Message answer = probe.udp("shop.test.", Type.MX);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.RA)).isFalse();
        assertThat(probe.answers("shop.test.", Type.MX))
                .containsExactlyInAnyOrder("10 mx1.shop.test.", "20 mx2.shop.test.");
        assertThat(probe.answers("mx1.shop.test.", Type.A)).containsExactly("127.0.0.1");
        assertThat(probe.answers("mx2.shop.test.", Type.AAAA)).containsExactly("0:0:0:0:0:0:0:1");
    }

    @Test
    void keepsTheStringsOfLongTexts() throws IOException {
        TXTRecord text = (TXTRecord) probe.udp("s1._domainkey.shop.test.", Type.TXT)
                .getSection(Section.ANSWER)
                .get(0);
        assertThat(text.getStrings()).hasSize(2).last().isEqualTo("B".repeat(200));
    }

    @Test
    void comparesNamesWithoutCaseAndEchoesTheQuestion() throws IOException {
        Message answer = probe.udp("ShOp.TEST.", Type.MX);
        assertThat(answer.getSection(Section.ANSWER)).hasSize(2);
        assertThat(answer.getQuestion().getName()).hasToString("ShOp.TEST.");
    }

    @Test
    void followsAliasesAcrossItsZones() throws IOException {
        assertThat(probe.answers("www.shop.test.", Type.A))
                .containsExactly("alias.shop.test.", "target.other.test.", "127.0.0.7");
    }

    @Test
    void leavesTheRestOfAnAliasThatLeadsAwayToOthers() throws IOException {
        Message answer = probe.udp("away.shop.test.", Type.A);
        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void saysOfTheLastNameOfAChainThatItDoesNotExist() throws IOException {
        Message answer = probe.udp("gone.shop.test.", Type.A);
        assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void endsALoopOfAliases() throws IOException {
        assertThat(probe.answers("loop.shop.test.", Type.A)).containsExactly("loop2.shop.test.", "loop.shop.test.");
    }

    @Test
    void tellsAMissingNameFromAMissingTypeAndGivesTheSoaForBoth() throws IOException {
        Message noName = probe.udp("nobody.shop.test.", Type.A);
        Message noType = probe.udp("mx1.shop.test.", Type.TXT);
        Message emptyNode = probe.udp("_domainkey.shop.test.", Type.TXT);
        assertThat(noName.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(noType.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(emptyNode.getRcode()).isEqualTo(Rcode.NOERROR);
        for (Message answer : List.of(noName, noType, emptyNode)) {
            assertThat(answer.getSection(Section.ANSWER)).isEmpty();
            SOARecord soa = (SOARecord) answer.getSection(Section.AUTHORITY).get(0);
            assertThat(soa.getTTL()).isEqualTo(30); // the lesser of 300 and MINIMUM
        }
    }

    @Test
    void answersForAWildcard() throws IOException {
        assertThat(probe.answers("any.wild.shop.test.", Type.MX)).containsExactly("5 mx1.shop.test.");
    }

    @Test
    void refersToTheServersOfADelegatedName() throws IOException {
        Message answer = probe.udp("mail.sub.shop.test.", Type.A);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isFalse();
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(answer.getSection(Section.AUTHORITY).get(0).rdataToString()).isEqualTo("ns.sub.shop.test.");
        assertThat(answer.getSection(Section.ADDITIONAL).get(0).rdataToString()).isEqualTo("127.0.0.9");
    }

    @Test
    void refusesWhatIsNotItsOwn() throws IOException {
        assertThat(probe.udp("example.com.", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(probe.rawTcp(DnsProbe.query("shop.test.", Type.AXFR)).get(0).getRcode())
                .isEqualTo(Rcode.REFUSED);
    }

    @Test
    void truncatesOverUdpAndAnswersWholeOverTcp() throws IOException {
        Message cut = probe.udp("big.shop.test.", Type.TXT);
        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(cut.getSection(Section.ANSWER)).isEmpty();
        assertThat(probe.answers("big.shop.test.", Type.TXT)).hasSize(1); // the resolver asks again over TCP by itself
    }

    @Test
    void usesTheSizeThatEdnsOffersUpToItsOwn() throws IOException {
        assertThat(probe.udp("s1._domainkey.shop.test.", Type.TXT).getHeader().getFlag(Flags.TC))
                .isFalse();
        Message huge = probe.udp("big.shop.test.", Type.TXT, new OPTRecord(4096, 0, 0));
        assertThat(huge.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(huge.getOPT().getPayloadSize()).isEqualTo(1232);
    }

    @Test
    void doesNotUnderstandALaterEdns() throws IOException {
        assertThat(probe.udp("shop.test.", Type.MX, new OPTRecord(1232, 0, 1)).getRcode())
                .isEqualTo(Rcode.BADVERS);
    }

    @Test
    void answersGarbageWithAFormatErrorAndStaysSilentToAnswers() throws IOException {
        byte[] garbage = new Header(4711).toWire();
        garbage[5] = 1; // one question that does not follow
        Message answer = probe.rawUdp(DnsProbe.response("shop.test.").toWire(), new byte[] {1, 2}, garbage);
        assertThat(answer.getHeader().getID()).isEqualTo(4711); // what went before it got no answer
        assertThat(answer.getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void answersSeveralQuestionsOnOneTcpConnection() throws IOException {
        Message query = DnsProbe.query("shop.test.", Type.MX);
        assertThat(probe.rawTcp(query, query))
                .extracting(answer -> answer.getSection(Section.ANSWER))
                .allMatch(s -> s.size() == 2);
    }

    @Test
    void takesAnOfferOfLessThan512BytesFor512() throws IOException {
        Message query = DnsProbe.query("s1._domainkey.shop.test.", Type.TXT);
        query.addRecord(new OPTRecord(100, 0, 0), Section.ADDITIONAL); // RFC 6891 §6.2.3
        assertThat(probe.rawUdp(query.toWire()).getHeader().getFlag(Flags.TC)).isFalse();
    }

    @Test
    void replacesItsZonesAndKeepsTheOldOnesWhenTheNewAreWrong() throws IOException {
        dns.replaceZone(ZONES.replace("10 mx1", "10 mx7"));
        assertThat(probe.answers("shop.test.", Type.MX)).contains("10 mx7.shop.test.");
        assertThatThrownBy(() -> dns.replaceZone(ZONES + "\nx NONSENSE y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line ");
        assertThat(probe.answers("shop.test.", Type.MX)).contains("10 mx7.shop.test.");
    }

    @Test
    void saysWhatIsWrongWithAZone() {
        assertThatThrownBy(() -> Zones.parse("a.test. A 127.0.0.1")).hasMessageContaining("a.test. lies under no SOA");
        assertThatThrownBy(() -> Zones.parse("a.test. SOA ns.a.test. h.a.test. 1 2 3 4 5"))
                .hasMessageContaining("no NS");
    }

    @Test
    void tellsWhatItWasAsked() throws IOException {
        List<AnsweredQuery> seen = new CopyOnWriteArrayList<>();
        dns.onQuery(seen::add);
        probe.udp("nobody.shop.test.", Type.MX);
        assertThat(seen).containsExactly(new AnsweredQuery("nobody.shop.test.", "MX", "udp", "NXDOMAIN"));
    }

    @Test
    void saysPlainlyThatItsPortIsTaken() {
        assertThatThrownBy(() -> SandboxDns.start(dns.address(), ZONES))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "cannot listen on 127.0.0.1:" + dns.address().getPort());
    }
}
