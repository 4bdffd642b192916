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
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

            ServeProcess first = ServeProcess.start(settings, port);
            accept(relay, Loopback.socket("127.0.0.1", port));
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> !relay.mx().arrivals().isEmpty());
            first.kill();
            try (ServeProcess second = ServeProcess.start(settings, port)) {
                // A lease lasts five minutes; this is far less.
                MxMessage arrived =
                        relay.mx().awaitMessages(1, Duration.ofSeconds(30)).get(0);
                assertThat(relay.verdicts(arrived.content())).containsExactly(Verdict.Kind.PASS, Verdict.Kind.PASS);
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
}
