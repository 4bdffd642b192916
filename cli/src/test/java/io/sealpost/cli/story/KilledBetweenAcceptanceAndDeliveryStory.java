package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.stall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledBetweenAcceptanceAndDeliveryStory {
    @TempDir
    private Path folder;

    @Test
    void deliversAfterTheRestartWithoutWaitingForTheLease() throws Exception {
        int port = Loopback.freePort();
        try (RelayUnderTest relay = RelayUnderTest.bare(folder, "", TestDatabase::settings)) {
            relay.addKeys(KeyAlgorithm.RSA, KeyAlgorithm.ED25519);
            Path settings = relay.settingsFile();
            Files.writeString(
                    settings,
                    Files.readString(settings, StandardCharsets.UTF_8).replace("127.0.0.1:0", "127.0.0.1:" + port));
            relay.mx().onEndOfData(stall()).once();

            Process first = serve(settings, port);
            accept(relay, Loopback.socket("127.0.0.1", port));
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> !relay.mx().arrivals().isEmpty());
            first.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            Process second = serve(settings, port);
            try {
                // A lease lasts five minutes; this is far less.
                MxMessage arrived =
                        relay.mx().awaitMessages(1, Duration.ofSeconds(30)).get(0);
                assertThat(relay.verdicts(arrived.content())).containsExactly(Verdict.Kind.PASS, Verdict.Kind.PASS);
            } finally {
                second.destroy();
                assertThat(second.waitFor(40, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static void accept(RelayUnderTest relay, InetSocketAddress at) {
        try (RawSmtpClient client = RawSmtpClient.connect(at)) {
            client.expect("220")
                    .say("EHLO client.test", "250")
                    .startTls()
                    .say("EHLO client.test", "250")
                    .authPlain("anna@office.test", relay.appPassword(), "235")
                    .say("MAIL FROM:<anna@office.test>", "250")
                    .say("RCPT TO:<shop@shop.test>", "250")
                    .say("DATA", "354")
                    .send(RelayUnderTest.mail("Hi\r\n") + "\r\n.\r\n")
                    .expect("250 2.0.0");
        }
    }

    private Process serve(Path settings, int port) throws IOException {
        Path log = folder.resolve("serve.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.sealpost.cli.Sealpost",
                        "serve",
                        "--config",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            assertThat(process.isAlive())
                    .as(Files.readString(log, StandardCharsets.UTF_8))
                    .isTrue();
            try (java.net.Socket probe = new java.net.Socket()) {
                probe.connect(Loopback.socket("127.0.0.1", port), 1000);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
        return process;
    }
}
