package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.wiring.Serving;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.PrivateMariaDb;
import io.sealpost.fixtures.RawSmtpClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is taken while mail comes in and goes out; the relay is lost, and its backup put into another server. */
class RestoredElsewhereStory {
    /** More than two parts of content, of bytes that no text has. */
    private static final String LARGE = "\u00fc\u00ff\u0080 0123456789\r\n".repeat(160_000);

    @TempDir
    private Path folder;

    @Test
    void theAccountLogsInKeysSignAndWhatWaitedIsHeldThenGoesOutUnchanged() throws Exception {
        Path backup = folder.resolve("backup.zip");
        try (RelayUnderTest relay = RelayUnderTest.start(Files.createDirectory(folder.resolve("first")));
                PrivateMariaDb other = PrivateMariaDb.start()) {
            relay.mx().onRcpt(reply(450, "4.2.0 Not now")).when("waits-");
            relay.submit(LARGE, "waits-large@shop.test");
            takeUnderLoad(relay, backup);
            relay.mx().clearScript();
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> recipients(relay.mx().messages()).contains("waits-large@shop.test"));

            Path settings = elsewhere(relay.settingsFile(), other.settings("sealpost"));
            Commands commands = new Commands(settings);
            assertThat(commands.ok("restore --check " + backup)).contains("The backup is whole", "opens its keys");
            assertThat(commands.ok("restore " + backup)).contains("deliveries are held");
            commands.ok("queue verify");
            int before = relay.mx().messages().size();
            try (Serving serving = Serving.start(read(settings), line -> {})) {
                submit(relay, serving, "fresh@shop.test");
                MxMessage fresh = await().atMost(RelayUnderTest.PATIENCE)
                        .until(() -> to(relay, before, "fresh@shop.test"), found -> !found.isEmpty())
                        .get(0);
                assertThat(relay.verdicts(fresh.content())).containsExactly(Verdict.Kind.PASS, Verdict.Kind.PASS);
                assertThat(relay.mx().messages()).as("nothing that was held").hasSize(before + 1);

                assertThat(commands.ok("queue list --state hold")).contains("restored from a backup of");
                commands.ok("queue release --all");
                MxMessage large = await().atMost(RelayUnderTest.PATIENCE)
                        .until(() -> to(relay, before, "waits-large@shop.test"), found -> !found.isEmpty())
                        .get(0);
                assertThat(relay.verdicts(large.content())).containsExactly(Verdict.Kind.PASS, Verdict.Kind.PASS);
                assertThat(large.text().substring(large.text().indexOf("From: Anna")))
                        .isEqualTo(RelayUnderTest.mail(LARGE) + "\r\n");
            }
        }
    }

    private static void takeUnderLoad(RelayUnderTest relay, Path backup) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3); // The common pool may have one thread for all three.
        List<CompletableFuture<Integer>> clients = new ArrayList<>();
        for (int client = 0; client < 3; client++) {
            String name = client == 0 ? "waits-" : "goes-";
            clients.add(CompletableFuture.supplyAsync(
                    () -> {
                        int count = 0;
                        while (!enough.get()) {
                            relay.submit("Hi\r\n", name + count++ + "@shop.test");
                        }
                        return count;
                    },
                    threads));
        }
        try {
            String said = new Commands(relay.settingsFile()).ok("backup " + backup);
            assertThat(said).contains("The master key is not in it");
        } finally {
            enough.set(true);
            threads.shutdown();
        }
        for (CompletableFuture<Integer> client : clients) {
            assertThat(client.get()).isPositive();
        }
    }

    /** The same settings on another database. */
    private Path elsewhere(Path settings, DatabaseSettings database) throws IOException {
        Path second = Files.createDirectory(folder.resolve("second"));
        Files.writeString(
                second.resolve("database.password"), database.password().reveal());
        for (String part : List.of("var/master.key", "var/tls/fullchain.pem", "var/tls/privkey.pem")) {
            Files.createDirectories(second.resolve(part).getParent());
            Files.copy(
                    settings.resolveSibling(part),
                    second.resolve(part),
                    java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        String text = Files.readString(settings, StandardCharsets.UTF_8)
                .replaceFirst("url = \"[^\"]*\"", "url = \"" + database.url() + "\"");
        return Files.writeString(second.resolve("sealpost.toml"), text, StandardCharsets.UTF_8);
    }

    private static Settings read(Path file) throws IOException {
        return ((LoadedSettings.Valid) SettingsFile.load(file, Map.of())).settings();
    }

    private static void submit(RelayUnderTest relay, Serving serving, String recipient) {
        try (RawSmtpClient client = RawSmtpClient.connect(serving.addresses().get("submission"))) {
            client.expect("220")
                    .say("EHLO client.test", "250")
                    .startTls()
                    .say("EHLO client.test", "250")
                    .authPlain(RelayUnderTest.ANNA.toString(), relay.appPassword(), "235")
                    .say("MAIL FROM:<" + RelayUnderTest.ANNA + ">", "250")
                    .say("RCPT TO:<" + recipient + ">", "250")
                    .say("DATA", "354")
                    .send(RelayUnderTest.mail("Hi\r\n") + "\r\n.\r\n")
                    .expect("250 2.0.0");
        }
    }

    private static List<MxMessage> to(RelayUnderTest relay, int from, String recipient) {
        List<MxMessage> all = relay.mx().messages();
        return all.subList(from, all.size()).stream()
                .filter(mail -> mail.rcptTo().contains(recipient))
                .toList();
    }

    private static List<String> recipients(List<MxMessage> mails) {
        return mails.stream().flatMap(mail -> mail.rcptTo().stream()).toList();
    }
}
