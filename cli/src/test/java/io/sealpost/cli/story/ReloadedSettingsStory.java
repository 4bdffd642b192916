package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.wiring.Serving;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running relay makes of other settings. */
class ReloadedSettingsStory {
    @TempDir
    private Path folder;

    private RelayUnderTest relay;
    private Serving serving;

    @BeforeEach
    void serve() throws Exception {
        relay = RelayUnderTest.bare(
                folder,
                "[signing]\nwithout_key = \"refuse\"\n[bounce]\ndomain = \"office.test\"\n",
                TestDatabase::settings);
        serving = Serving.start(settings(), line -> {});
    }

    @AfterEach
    void close() {
        serving.close();
        relay.close();
    }

    private Settings settings() throws IOException {
        return ((LoadedSettings.Valid) SettingsFile.load(relay.settingsFile(), Map.of())).settings();
    }

    private List<String> reload(String before, String after) throws IOException {
        String text = Files.readString(relay.settingsFile(), StandardCharsets.UTF_8);
        assertThat(text).contains(before);
        Files.writeString(relay.settingsFile(), text.replace(before, after), StandardCharsets.UTF_8);
        return serving.reload(settings());
    }

    private RawSmtpClient login() {
        return RawSmtpClient.connect(serving.addresses().get("submission"))
                .expect("220 relay.office.test ")
                .say("EHLO client.test", "250")
                .startTls()
                .say("EHLO client.test", "250")
                .authPlain("anna@office.test", relay.appPassword(), "235");
    }

    private static String tried(RawSmtpClient client) {
        return RelayUnderTest.tried(client, RelayUnderTest.mail("Hi\r\n"));
    }

    @Test
    void mailWithoutAKeyIsHeldFromNowOn() throws Exception {
        try (RawSmtpClient client = login()) {
            assertThat(tried(client)).startsWith("550 5.7.1");

            assertThat(reload("\"refuse\"", "\"hold\"")).isEmpty();

            assertThat(tried(client)).startsWith("250 2.0.0");
        }
        assertThat(relay.queue().get(0).status().state()).isEqualTo(DeliveryState.HOLD);
    }

    @Test
    void signaturesAreProvedFromNowOn() throws Exception {
        DkimKey key = relay.addKeys(KeyAlgorithm.RSA).get(0);
        relay.dns().change(zones -> zones.remove(key.recordName()));
        try (RawSmtpClient client = login()) {
            assertThat(tried(client)).startsWith("250 2.0.0");

            assertThat(reload("\"refuse\"", "\"refuse\"\nverify = \"all\"")).isEmpty();

            assertThat(tried(client)).startsWith("451 4.7.5");
        }
    }

    @Test
    void mailGoesToTheNewPortAndIsTriedAgainByTheNewSchedule() throws Exception {
        relay.addKeys(KeyAlgorithm.RSA);
        reload("retry = [\"1s\"]", "retry = [\"5h\"]");
        reload("port = " + relay.mx().port(), "port = " + Loopback.freePort());
        try (RawSmtpClient client = login()) {
            assertThat(tried(client)).startsWith("250 2.0.0");
        }
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> relay.queue().get(0).status().state() == DeliveryState.DEFERRED);
        QueueRow deferred = relay.queue().get(0);
        assertThat(deferred.status().nextAt()).isAfter(Instant.now().plus(Duration.ofHours(4)));

        reload("port = " + settings().delivery().port(), "port = " + relay.mx().port());
        relay.administer(administration -> administration.queue().retry(QueueFilter.ALL));

        assertThat(relay.arrival().rcptTo()).containsExactly("shop@shop.test");
    }

    /** The pause is a minute here; what is due in it would be put off by five hours. */
    @Test
    void aRetryByHandEndsTheSitesPause() throws Exception {
        relay.addKeys(KeyAlgorithm.RSA);
        reload("retry = [\"1s\"]", "retry = [\"5h\"]");
        List<String> hosts = List.of("127.0.0.2", "127.0.0.3");
        hosts.forEach(relay.mx()::down);
        try (RawSmtpClient client = login()) {
            assertThat(tried(client)).startsWith("250 2.0.0");
        }
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> relay.queue().get(0).status().state() == DeliveryState.DEFERRED);

        hosts.forEach(relay.mx()::up);
        relay.administer(administration -> administration.queue().retry(QueueFilter.ALL));

        assertThat(relay.arrival().rcptTo()).containsExactly("shop@shop.test");
    }

    @Test
    void whatNeedsARestartIsNamedAndStaysAsItWas() throws Exception {
        assertThat(reload("relay.office.test", "other.office.test")).containsExactly("hostname");
        assertThat(reload("[dns]", "[smtp]\nmax_recipients = 1\n[dns]")).containsExactly("hostname");

        try (RawSmtpClient client = login()) {
            client.say("MAIL FROM:<anna@office.test>", "250")
                    .say("RCPT TO:<a@shop.test>", "250")
                    .say("RCPT TO:<b@shop.test>", "452 4.5.3");
        }
    }
}
