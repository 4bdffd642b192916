package io.sealpost.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class DnsFaultsTest {
    private static final String ZONE = """
            $ORIGIN test.
            @ SOA ns h 1 3600 600 604800 60
            @ NS ns
            a MX 10 mx
            a A 127.0.0.1
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FORMERR",
                "SERVFAIL",
                "NXDOMAIN",
                "NOTIMP",
                "REFUSED",
                "YXDOMAIN",
                "NOTAUTH",
                "RCODE12",
                "BADVERS",
                "BADCOOKIE",
                "RCODE2047"
            })
    void answersWithAnyRcode(String rcode) throws IOException {
        try (SandboxDns dns = start(";!" + rcode + " a.test.")) {
            Message answer = new DnsProbe(dns.address()).udp("A.test.", Type.MX);
            int expected = rcode.startsWith("RCODE") ? Integer.parseInt(rcode.substring(5)) : Rcode.value(rcode);
            assertThat(answer.getRcode()).isEqualTo(expected);
            assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        }
    }

    @Test
    void hasAFaultForOneTypeOnly() throws IOException {
        try (SandboxDns dns = start(";!SERVFAIL a.test. MX")) {
            DnsProbe probe = new DnsProbe(dns.address());
            assertThat(probe.udp("a.test.", Type.MX).getRcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(probe.answers("a.test.", Type.A)).containsExactly("127.0.0.1");
        }
    }

    @Test
    void keepsSilentWhenAsked() throws IOException {
        List<AnsweredQuery> seen = new CopyOnWriteArrayList<>();
        try (SandboxDns dns = start(";!DROP a.test.")) {
            dns.onQuery(seen::add);
            SimpleResolver impatient = new SimpleResolver(dns.address());
            impatient.setTimeout(Duration.ofMillis(100));
            assertThatThrownBy(() -> impatient.send(DnsProbe.query("a.test.", Type.MX)))
                    .isInstanceOf(IOException.class);
        }
        assertThat(seen).extracting(AnsweredQuery::outcome).containsOnly("DROP");
    }

    @Test
    void answersLate() throws IOException {
        try (SandboxDns dns = start(";!DELAY=200ms a.test.")) {
            long start = System.nanoTime();
            assertThat(new DnsProbe(dns.address()).udp("a.test.", Type.MX).getSection(Section.ANSWER))
                    .hasSize(1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(199));
        }
    }

    @Test
    void answersWithAWrongIdThatNobodyTakes() throws IOException {
        try (SandboxDns dns = start(";!WRONGID a.test.")) {
            SimpleResolver impatient = new SimpleResolver(dns.address());
            impatient.setTimeout(Duration.ofMillis(200));
            assertThatThrownBy(() -> impatient.send(DnsProbe.query("a.test.", Type.MX)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void truncatesEvenWhatWouldFit() throws IOException {
        try (SandboxDns dns = start(";!TRUNCATE a.test.")) {
            DnsProbe probe = new DnsProbe(dns.address());
            assertThat(probe.udp("a.test.", Type.MX).getSection(Section.ANSWER)).isEmpty();
            assertThat(probe.answers("a.test.", Type.MX)).containsExactly("10 mx.test.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";!",
                ";!SERVFAIL",
                ";!SPLINES a.test.",
                ";!DELAY=5h a.test.",
                ";!SERVFAIL a.test. NOTYPE",
                ";!RCODE2048 a.test."
            })
    void refusesADirectiveItDoesNotKnow(String directive) {
        assertThatThrownBy(() -> Zones.parse(ZONE + directive))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 6");
    }

    private static SandboxDns start(String directive) throws IOException {
        return SandboxDns.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ZONE + directive);
    }
}
