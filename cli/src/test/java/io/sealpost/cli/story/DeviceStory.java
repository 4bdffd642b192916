package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.account.AppPassword;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.SenderPattern;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.mail.IpNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A printer that cannot log in sends as what it is known for; beside it, nobody. */
class DeviceStory {
    private static final String PRINTER = "127.0.0.17";

    @TempDir
    private static Path folder;

    private static RelayUnderTest relay;

    @BeforeAll
    static void serve() throws Exception {
        relay = RelayUnderTest.start(folder);
    }

    @AfterAll
    static void close() {
        relay.close();
    }

    private static AppPassword add(String network) {
        return relay.administer(administration -> RelayUnderTest.value(administration
                .devices()
                .add(
                        RelayUnderTest.ANNA,
                        "Printer",
                        new CredentialBounds(
                                List.of(SenderPattern.parse(RelayUnderTest.ANNA.toString())),
                                List.of(IpNetwork.parse(network)),
                                List.of("submission"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))));
    }

    private static RawSmtpClient inClear(String from) {
        return RawSmtpClient.connect(relay.submission(), Loopback.socket(from, 0))
                .expect("220")
                .say("EHLO printer", "250");
    }

    private static RawSmtpClient inTls(String from) {
        return inClear(from).startTls().say("EHLO printer", "250");
    }

    private static boolean isTaken(String from) {
        try (RawSmtpClient client = inTls(from)) {
            client.send("MAIL FROM:<anna@office.test>\r\n");
            return client.reply().get(0).startsWith("250");
        }
    }

    @Test
    void sendsInsideTlsFromItsAddressAsItsSenderUntilItIsRevoked() throws Exception {
        assertThat(isTaken(PRINTER)).isFalse();
        AppPassword device = add(PRINTER);
        await().atMost(Duration.ofSeconds(5)).until(() -> isTaken(PRINTER));

        try (RawSmtpClient printer = inTls(PRINTER)) {
            assertThat(RelayUnderTest.tried(printer, RelayUnderTest.mail("Scan\r\n")))
                    .startsWith("250");
            printer.say("MAIL FROM:<boss@office.test>", "530 5.7.0 Log in first; no device");
            printer.say("AUTH PLAIN", "334").say("*", "501");
        }
        assertThat(relay.arrival().text())
                .contains("with ESMTPS ")
                .doesNotContain("with ESMTPSA")
                .contains("DKIM-Signature:");
        try (RawSmtpClient forged = inTls(PRINTER)) {
            String mail = RelayUnderTest.mail("Scan\r\n").replace("anna@office.test", "boss@office.test");
            assertThat(RelayUnderTest.tried(forged, mail))
                    .startsWith("550 5.7.1 anna@office.test may not send as boss@");
        }
        try (RawSmtpClient clear = inClear(PRINTER);
                RawSmtpClient neighbour = inTls("127.0.0.18")) {
            clear.say("MAIL FROM:<anna@office.test>", "530 5.7.0");
            neighbour.say("MAIL FROM:<anna@office.test>", "530 5.7.0 Log in first");
        }
        try (RawSmtpClient idle = inTls(PRINTER);
                RawSmtpClient arriving = inTls(PRINTER)) {
            idle.say("MAIL FROM:<anna@office.test>", "250").say("RSET", "250");
            arriving.say("MAIL FROM:<anna@office.test>", "250")
                    .say("RCPT TO:<shop@shop.test>", "250")
                    .say("DATA", "354");
            relay.administer(administration ->
                    RelayUnderTest.value(administration.devices().revoke(RelayUnderTest.ANNA, device.id())));

            idle.patience(Duration.ofSeconds(5)).expect("421 4.7.0").expectClosed();
            arriving.send(RelayUnderTest.mail("Scan\r\n") + "\r\n.\r\n").expect("550 5.7.1");
        }
        assertThat(isTaken(PRINTER)).isFalse();
    }
}
