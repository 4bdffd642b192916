package io.sealpost.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Type;

class ZoneFileTest {
    @TempDir
    Path folder;

    private static String zone(String address) {
        return "$ORIGIN test.\n@ SOA ns h 1 3600 600 604800 60\n@ NS ns\na A " + address + "\n";
    }

    @Test
    void answersFromTheFileAsItIsNow() throws IOException {
        Path file = Files.writeString(folder.resolve("zone"), zone("127.0.0.1"));
        try (SandboxDns dns = SandboxDns.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), file)) {
            DnsProbe probe = new DnsProbe(dns.address());
            for (int i = 2; i < 9; i++) { // the same size each time, within one tick of the file system
                Files.writeString(file, zone("127.0.0." + i));
                assertThat(probe.answers("a.test.", Type.A)).containsExactly("127.0.0." + i);
            }
        }
    }

    @Test
    void seesAFileThatIsMovedIntoItsPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("zone"), zone("127.0.0.1"));
        try (SandboxDns dns = SandboxDns.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), file)) {
            Path next = Files.writeString(folder.resolve("next"), zone("127.0.0.2"));
            Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            assertThat(new DnsProbe(dns.address()).answers("a.test.", Type.A)).containsExactly("127.0.0.2");
        }
    }

    @Test
    void keepsTheLastGoodZoneAndSaysOnceWhatIsWrong() throws IOException {
        Path file = Files.writeString(folder.resolve("zone"), zone("127.0.0.1"));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(ZoneFile.class);
        log.start();
        logger.addAppender(log);
        try {
            ZoneFile zones = new ZoneFile(file);
            Zones good = zones.get();
            Files.writeString(file, zone("127.0.0.1") + "b NONSENSE c\n");
            assertThat(zones.get()).isSameAs(good);
            assertThat(zones.get()).isSameAs(good);
            Files.delete(file);
            assertThat(zones.get()).isSameAs(good);
            assertThat(zones.get()).isSameAs(good);
            Files.writeString(file, zone("127.0.0.2"));
            assertThat(zones.get()).isNotSameAs(good);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).hasSize(3);
        assertThat(log.list.get(0).getFormattedMessage()).contains("line 5").contains("NONSENSE");
        assertThat(log.list.get(1).getFormattedMessage()).contains("cannot be read");
    }

    @Test
    void doesNotStartOnAWrongFile() throws IOException {
        Path file = Files.writeString(folder.resolve("zone"), "nonsense");
        assertThatThrownBy(() -> SandboxDns.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), file))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
