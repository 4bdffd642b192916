package io.sealpost.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class SandboxTest {
    @TempDir
    Path folder;

    @Test
    void startsWithAZoneThatLeadsToItsReceivers() throws IOException {
        SandboxSettings settings = SandboxSettings.in(folder).onPorts(0, 0);
        try (Sandbox sandbox = Sandbox.start(settings, Clock.systemUTC())) {
            DnsProbe probe = new DnsProbe(sandbox.dns().address());
            assertThat(probe.answers("sandbox.test.", Type.MX))
                    .containsExactlyInAnyOrder("10 mx1.sandbox.test.", "20 mx2.sandbox.test.");
            for (String host : List.of("mx1.sandbox.test.", "mx2.sandbox.test.")) {
                String address = probe.answers(host, Type.A).get(0);
                try (SmtpProbe client =
                        new SmtpProbe(address, sandbox.receiver().port())) {
                    assertThat(client.reply()).startsWith("220 ");
                }
            }
            assertThat(probe.answers("nomail.test.", Type.MX)).containsExactly("0 .");
            assertThat(probe.udp("broken.test.", Type.MX).getRcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(probe.udp("nobody.test.", Type.MX).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        }
    }

    @Test
    void leavesAZoneFileAloneThatIsThere() throws IOException {
        String own = "my.test. SOA ns.my.test. h.my.test. 1 2 3 4 5\nmy.test. NS ns.my.test.\n";
        Files.writeString(folder.resolve("zone"), own);
        Sandbox.start(SandboxSettings.in(folder).onPorts(0, 0), Clock.systemUTC())
                .close();
        assertThat(folder.resolve("zone")).hasContent(own.strip());
    }

    @Test
    void letsGoOfTheDnsPortWhenTheReceiverCannotStart() throws IOException {
        try (Sandbox running = Sandbox.start(SandboxSettings.in(folder).onPorts(0, 0), Clock.systemUTC())) {
            SandboxSettings taken = SandboxSettings.in(folder.resolve("b"))
                    .onPorts(0, running.receiver().port());
            assertThatThrownBy(() -> Sandbox.start(taken, Clock.systemUTC()))
                    .hasMessageContaining("receiver cannot listen");
        }
    }

    @Test
    void neverListensWhereStrangersAre() throws IOException {
        InetAddress everywhere = InetAddress.getByAddress(new byte[4]);
        assertThatThrownBy(() -> new SandboxSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of(everywhere),
                        0,
                        folder,
                        folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback");
    }
}
