package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.upgrade.ReleaseOfHistory;
import io.sealpost.cli.upgrade.SchemaDump;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.cli.wiring.Installation;
import io.sealpost.cli.wiring.Store;
import io.sealpost.database.Database;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.ScriptedMx;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.fixtures.TestDns;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of 0.1, with mail in them, are migrated while a node of that program serves; then both serve; then it ends. */
@Tag("crash")
class NodeOfAnOldReleaseStory {
    /** As the README of the dump names it. */
    private static final String COMMIT = "1ab180d35e8f";

    private static final int MAILS = 100;
    private static final int CONNECTIONS = 4;

    @TempDir
    private Path folder;

    private final ScriptedMx mx = ScriptedMx.start("127.0.0.2");
    private final TestDns dns = TestDns.start(zones -> List.of("a", "b", "shop", "x", "sandbox")
            .forEach(name -> zones.mx(name + ".test", 10, "mx." + name + ".test", "127.0.0.2")));

    @Test
    void takesAndDeliversMailBesideItAndNothingIsLost() throws Exception {
        String old = ReleaseOfHistory.classPath(COMMIT);
        try (mx;
                dns;
                TestDatabase server = TestDatabase.open()) {
            DatabaseSettings tables =
                    server.settings().withSchema(server.settings().schema() + "_old");
            server.transactions().read(handle -> handle.execute("CREATE DATABASE " + tables.schema()));
            try (Database database = Database.open(tables);
                    InputStream dump = resource("0.1.sql.gz")) {
                SchemaDump.load(database.transactions(), dump);
                upgrade(old, tables);
            } finally {
                server.transactions().read(handle -> handle.execute("DROP DATABASE " + tables.schema()));
            }
        }
    }

    private void upgrade(String oldProgram, DatabaseSettings tables) throws Exception {
        int oldPort = Loopback.freePort();
        int newPort = Loopback.freePort();
        Settings settings = settings("b", newPort, tables);
        settings("a", oldPort, tables);
        Installation.makeCertificate(settings);
        mx.onRcpt(reply(450, "4.2.0 Not now")).when("waits");
        try (ServeProcess old = ServeProcess.start(oldProgram, folder.resolve("a.toml"), oldPort, Map.of())) {
            CrashClients waiting = clients("waits", oldPort);
            waiting.awaitEnd(Duration.ofMinutes(2));

            CrashClients during = clients("during", oldPort);
            Store.migrate(settings, line -> {});
            try (ServeProcess next = ServeProcess.start(folder.resolve("b.toml"), newPort)) {
                CrashClients toNew = clients("new", newPort);
                CrashClients toOld = clients("old", oldPort);
                mx.clearScript();
                for (CrashClients those : List.of(during, toNew, toOld)) {
                    those.awaitEnd(Duration.ofMinutes(2));
                }
                await().until(() -> arrived("during", "new", "old", "waits") == 4 * MAILS);
                assertThat(deliverers(mail -> to(mail).startsWith("waits"))).contains("a.office.test", "b.office.test");

                old.stop();
                clients("last", newPort).awaitEnd(Duration.ofMinutes(2));
                await().until(() -> arrived("last") == MAILS);
                await().until(() -> queue(settings).size() == 1); // Held in the dump.
                assertThat(mx.messages()).as("no copies").hasSize(5 * MAILS + 1);
                assertThat(mx.messages())
                        .allSatisfy(mail -> assertThat(mail.text()).contains("DKIM-Signature:"));
                assertThat(next.log()).noneMatch(line -> line.contains(" ERROR "));
            }
        }
    }

    private CrashClients clients(String name, int port) throws IOException {
        CrashClients clients = new CrashClients(name, Loopback.socket("127.0.0.1", port), text("app-password"), MAILS);
        clients.start(CONNECTIONS);
        return clients;
    }

    private long arrived(String... names) {
        return mx.messages().stream()
                .map(NodeOfAnOldReleaseStory::to)
                .filter(to -> List.of(names).stream().anyMatch(to::startsWith))
                .distinct()
                .count();
    }

    private Set<String> deliverers(Predicate<MxMessage> wanted) {
        return mx.messages().stream()
                .filter(wanted)
                .map(RelayNodes::deliveredBy)
                .collect(Collectors.toSet());
    }

    private static String to(MxMessage mail) {
        return mail.rcptTo().get(0);
    }

    private static List<QueueRow> queue(Settings settings) {
        try (Administration administration = Administration.open(settings, "test", line -> {})) {
            return administration.queue().list(QueueFilter.ALL, 10);
        }
    }

    private Settings settings(String node, int port, DatabaseSettings tables) throws IOException {
        secret("database.password", tables.password().reveal());
        secret("master.key", text("master.key"));
        Path file = folder.resolve(node + ".toml");
        Files.writeString(file, """
                state_dir = "%s"
                hostname = "%s.office.test"
                [database]
                mode = "server"
                url = "%s"
                user = "%s"
                password_file = "database.password"
                [keys]
                master_key_file = "master.key"
                [[listener]]
                name = "submission"
                address = "127.0.0.1:%d"
                [limits]
                account_messages = "0"
                account_recipients = "0"
                brake = "off"
                [dns]
                servers = ["127.0.0.1:%d"]
                [queue]
                retry = ["1s"]
                [delivery]
                port = %d
                allow_private_addresses = ["127.0.0.0/8"]
                """.formatted(
                node, node, tables.url(), tables.user(), port, dns.address().getPort(), mx.port()));
        return ((LoadedSettings.Valid) SettingsFile.load(file, Map.of())).settings();
    }

    private void secret(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, content);
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }

    private static InputStream resource(String name) {
        return NodeOfAnOldReleaseStory.class.getResourceAsStream("/upgrade/" + name);
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofMinutes(2));
    }
}
