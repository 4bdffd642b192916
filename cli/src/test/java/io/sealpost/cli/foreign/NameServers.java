package io.sealpost.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.console.ZoneLine;
import io.sealpost.fixtures.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The zone {@code office.test} on two authoritative servers, Knot and NSD, and Unbound, which remembers what they said; all on one port,
 * each at an address of its own. Not thread-safe.
 */
final class NameServers implements AutoCloseable {
    private static final Path ROOTS = Path.of("..", "target", "foreign");
    private static final Path IN_ROOT = Path.of("..", "src-test-fixtures", "foreign", "in-root");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int port = Loopback.freePort();
    private final int smtpPort;
    private final Map<Program, Process> running = new EnumMap<>(Program.class);
    private final Map<Program, Map<String, String>> records = new EnumMap<>(Program.class);
    private int serial;

    /** The programs, each in its root of {@code src-test-fixtures/foreign/programs}. */
    enum Program {
        KNOT("127.53.0.11", "/usr/sbin/knotd", "-c", "/foreign/conf"),
        NSD("127.53.0.12", "/usr/sbin/nsd", "-d", "-c", "/foreign/conf"),
        UNBOUND("127.53.0.10", "/usr/sbin/unbound", "-d", "-c", "/foreign/conf");

        private final String address;
        private final List<String> command;

        Program(String address, String... command) {
            this.address = address;
            this.command = List.of(command);
        }

        private String root() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String configuration(int port) {
            return switch (this) {
                case KNOT -> """
                        server:
                            rundir: /foreign
                            listen: %1$s@%2$d
                        database:
                            storage: /foreign/db
                        log:
                          - target: stderr
                            any: warning
                        zone:
                          - domain: office.test
                            storage: /foreign
                            file: zone
                            zonefile-sync: -1
                            zonefile-load: whole
                            journal-content: none
                        """.formatted(address, port);
                case NSD -> """
                        server:
                            ip-address: %1$s@%2$d
                            username: ""
                            zonesdir: "/foreign"
                            database: ""
                            pidfile: "/foreign/nsd.pid"
                            xfrdfile: "/foreign/xfrd.state"
                            xfrdir: "/foreign"
                            zonelistfile: "/foreign/zone.list"
                            server-count: 1
                        remote-control:
                            control-enable: no
                        zone:
                            name: office.test
                            zonefile: zone
                        """.formatted(address, port);
                case UNBOUND -> """
                        server:
                            interface: %1$s
                            port: %2$d
                            access-control: 127.0.0.0/8 allow
                            do-not-query-localhost: no
                            do-ip6: no
                            module-config: "iterator"
                            local-zone: "test." nodefault
                            num-threads: 1
                            username: ""
                            chroot: ""
                            directory: "/foreign"
                            pidfile: "/foreign/unbound.pid"
                            use-syslog: no
                            do-daemonize: no
                        remote-control:
                            control-enable: no
                        stub-zone:
                            name: "office.test"
                            stub-addr: %3$s@%2$d
                            stub-addr: %4$s@%2$d
                        """.formatted(address, port, KNOT.address, NSD.address);
            };
        }
    }

    /** Unpacked already; {@code smtpPort} is where {@code shop.office.test} takes mail, at 127.0.0.2. */
    NameServers(int smtpPort) throws IOException {
        this.smtpPort = smtpPort;
        for (Program program : Program.values()) {
            records.put(program, new TreeMap<>());
            if (program != Program.UNBOUND) {
                writeZone(program);
            }
            start(program);
        }
    }

    InetSocketAddress resolver() {
        return Loopback.socket(Program.UNBOUND.address, port);
    }

    /** The settings that the relay needs for this DNS. */
    String settings() {
        return """
                [dns]
                servers = ["%s:%d"]
                [delivery]
                port = %d
                allow_private_addresses = ["127.0.0.0/8"]
                """.formatted(Program.UNBOUND.address, port, smtpPort);
    }

    void publish(Program server, String name, String text) throws IOException {
        records.get(server).put(name, text);
        reload(server);
    }

    void remove(Program server, String name) throws IOException {
        records.get(server).remove(name);
        reload(server);
    }

    void stop(Program server) throws InterruptedException {
        Process process = running.remove(server);
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** With the records that it had. */
    void start(Program program) throws IOException {
        Path folder = ROOTS.resolve(program.root()).resolve("foreign");
        Files.createDirectories(folder.resolve("db"));
        Files.writeString(folder.resolve("conf"), program.configuration(port));
        List<String> command = new ArrayList<>(List.of(IN_ROOT.toString(), program.root()));
        command.addAll(program.command);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        running.put(program, process);
        await().atMost(PATIENCE).until(() -> {
            assertThat(process.isAlive())
                    .as(Files.readString(log, StandardCharsets.ISO_8859_1))
                    .isTrue();
            return answers(program, "office.test");
        });
    }

    private void reload(Program server) throws IOException {
        writeZone(server);
        if (running.containsKey(server)) {
            new ProcessBuilder("kill", "-HUP", Long.toString(running.get(server).pid())).start();
            int wanted = serial;
            await().atMost(PATIENCE).until(() -> answers(server, "serial" + wanted + ".office.test"));
        }
    }

    private boolean answers(Program server, String name) {
        return DnsQuestion.isAnswered(Loopback.socket(server.address, port), name);
    }

    /** Everything is forgotten after a second, that something is missing too. */
    private void writeZone(Program server) throws IOException {
        serial++;
        StringBuilder zone =
                new StringBuilder("""
                $ORIGIN office.test.
                $TTL 1
                @ IN SOA ns1 hostmaster %d 60 60 3600 1
                @ IN NS ns1
                @ IN NS ns2
                @ IN A 127.0.0.2
                serial%d IN A 127.0.0.2
                ns1 IN A %s
                ns2 IN A %s
                shop IN MX 10 mx
                mx IN A 127.0.0.2
                """.formatted(serial, serial, Program.KNOT.address, Program.NSD.address));
        records.get(server)
                .forEach((name, text) ->
                        zone.append(ZoneLine.of(name, "TXT", text)).append('\n'));
        Path folder = ROOTS.resolve(server.root()).resolve("foreign");
        Path part = Files.writeString(folder.resolve("zone.part"), zone);
        Files.move(part, folder.resolve("zone"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws InterruptedException {
        for (Program program : List.copyOf(running.keySet())) {
            stop(program);
        }
    }
}
