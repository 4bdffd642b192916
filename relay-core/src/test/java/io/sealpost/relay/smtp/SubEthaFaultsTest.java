package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.queue.MailOptions.BodyType;
import io.sealpost.relay.smtp.tls.ServerTls;
import io.sealpost.relay.smtp.tls.TestCertificate;
import io.sealpost.relay.smtp.tls.TlsKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SubEthaSMTP's own verbs get wrong: each of these fails when one of them stands in the place of ours. */
class SubEthaFaultsTest {
    private static final String MAIL = "MAIL FROM:<anna@customer.example>";
    private static final String RCPT = "RCPT TO:<bob@remote.example>";

    @TempDir
    Path directory;

    private ListenerFixture relay;

    @BeforeEach
    void start() throws IOException {
        relay = ListenerFixture.start(directory);
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    @Test
    void dataThatIsRefusedIsDrainedAndNeverObeyed() throws IOException {
        try (TestClient client = relay.connect().inData()) {
            client.send("a\0b\r\nRSET\r\nMAIL FROM:<x@evil.example>\r\n..\r\nQUIT\r\n.\r\nNOOP\r\n");
            assertThat(client.reply()).startsWith("554 5.6.0 ");
            assertThat(client.reply()).isEqualTo("250 2.0.0 Ok");
            assertThat(client.ask("QUIT")).startsWith("221 ");
        }
        assertThat(relay.submissions.all()).isEmpty();
    }

    @Test
    void theChunkOfABdatIsNeverObeyed() throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            client.send("BDAT 41 LAST\r\n" + MAIL + "\r\nRSET\r\nNOOP\r\n");
            assertThat(client.reply()).startsWith("503 5.5.1 ");
            assertThat(client.reply()).startsWith("250 2.0.0 ");
        }
    }

    @Test
    void aBdatThatIsCutOffIsNoMessage() throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            client.ask(MAIL);
            client.ask(RCPT);
            client.send("BDAT 1000 LAST\r\nSubject: a\r\n");
        }
        try (TestClient client = relay.connect().inData()) {
            client.send("x\r\n.\r\n");
            client.reply();
        }
        assertThat(relay.submissions.contents()).containsExactly("x\r\n");
    }

    @Test
    void aRefusedMessageEndsTheTransaction() throws IOException {
        relay.submissions.rejectWith(550, "5.7.1", "You may not send as x@y.example");
        try (TestClient client = relay.connect().inData()) {
            client.send("From: x@y.example\r\n\r\n.\r\n");
            assertThat(client.reply()).isEqualTo("550 5.7.1 You may not send as x@y.example");
            assertThat(client.ask(RCPT)).startsWith("503 5.5.1 ");
            assertThat(client.ask("DATA")).startsWith("503 5.5.1 ");
            assertThat(client.ask(MAIL)).startsWith("250 ");
        }
    }

    @Test
    void tooMuchDataIs552BehindItsEndAndTheSessionGoesOn() throws IOException {
        try (TestClient client = relay.connect().inData()) {
            client.send("0123456789abcd\r\n".repeat((4 << 20) / 16) + "x\r\n.\r\n");
            assertThat(client.reply()).startsWith("552 5.3.4 ");
            assertThat(client.ask(MAIL)).startsWith("250 ");
        }
        assertThat(relay.submissions.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4194305", "99999999999", "99999999999999999999"})
    void aSizeThatIsTooLargeIsRefusedAtMail(String size) throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            assertThat(client.ask(MAIL + " SIZE=" + size)).startsWith("552 5.3.4 ");
            assertThat(client.ask(MAIL + " SIZE=" + size + " BODY=7BIT")).startsWith("552 5.3.4 ");
            assertThat(client.ask(MAIL + " BODY=7BIT SIZE=" + size)).startsWith("552 5.3.4 ");
            assertThat(client.ask(MAIL + " SIZE=4194304")).isEqualTo("250 2.1.0 Ok");
        }
    }

    @Test
    void aDotStuffedFirstLineIsUnstuffed() throws IOException {
        try (TestClient client = relay.connect().inData()) {
            client.send("..first\r\n..second\r\n.\r\n");
            assertThat(client.reply()).startsWith("250 ");
        }
        assertThat(relay.submissions.contents()).containsExactly(".first\r\n.second\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"RCPT", "RCPT TO:", "RCPT TO:<>", "RCPT TO:<bob@remote.example", "RCPT TO:<bob>", "RCPT TO:bob"})
    void aRecipientMustBeAnAddress(String line) throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            client.ask(MAIL);
            assertThat(client.ask(line)).startsWith("501 5.1.3 ");
            assertThat(client.ask("DATA")).startsWith("554 5.5.1 ");
        }
    }

    @Test
    void parametersOfMailAreMinded() throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            assertThat(client.ask(MAIL + " SMTPUTF8")).startsWith("555 5.5.4 ");
            assertThat(client.ask(MAIL + " BODY=BINARYMIME")).startsWith("501 5.5.4 ");
            assertThat(client.ask(MAIL + " SIZE=ten")).startsWith("501 5.5.4 ");
            assertThat(client.ask(MAIL + " SIZE=10 body=8bitmime AUTH=<>")).isEqualTo("250 2.1.0 Ok");
            client.ask(RCPT);
            client.ask("DATA");
            client.send("a\r\n.\r\n");
            client.reply();
        }
        assertThat(relay.submissions.only().options().bodyType()).isEqualTo(BodyType.EIGHT_BIT_MIME);
    }

    @ParameterizedTest
    @ValueSource(strings = {MAIL, "AUTH PLAIN =", "STARTTLS"})
    void aGreetingIsNeeded(String line) throws IOException {
        try (TestClient client = relay.connect()) {
            client.reply();
            assertThat(client.ask(line)).startsWith("503 5.5.1 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOPFOO", "QUITX", "DATAX", "RSETTLE", "MAILFROM:<a@b.example>", "UNFIT", "XYZZY", "N"})
    void aVerbIsAWholeWord(String line) throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            assertThat(client.ask(line)).isEqualTo("500 5.5.1 Command unknown");
            assertThat(client.ask("NOOP")).startsWith("250 ");
        }
    }

    @Test
    void whatWasSaidInClearCountsNoMoreInTls() throws IOException {
        try (TestClient client = relay.connect()) {
            client.reply();
            client.ask("EHLO client.example");
            client.ask("STARTTLS");
            client.handshake("TLSv1.3");
            assertThat(client.ask(MAIL)).startsWith("503 5.5.1 ");
            assertThat(client.ask("AUTH PLAIN " + TestClient.plain(TestClient.LOGIN, TestClient.PASSWORD)))
                    .startsWith("503 5.5.1 ");
            client.ask("EHLO client.example");
            assertThat(client.ask(MAIL)).startsWith("530 5.7.0 ");
        }
    }

    @Test
    void loginsThatFailAreLimited() throws IOException {
        try (TestClient client = relay.connect().secured()) {
            String wrong = "AUTH PLAIN " + TestClient.plain(TestClient.LOGIN, "wrong");
            assertThat(client.ask(wrong)).startsWith("535 5.7.8 ");
            assertThat(client.ask(wrong)).startsWith("535 5.7.8 ");
            assertThat(client.ask(wrong)).startsWith("421 4.7.0 ");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void noLoginInClear() throws IOException {
        try (TestClient client = relay.connect()) {
            client.reply();
            assertThat(client.ask("EHLO client.example")).doesNotContain("AUTH");
            assertThat(client.ask("AUTH PLAIN " + TestClient.plain(TestClient.LOGIN, TestClient.PASSWORD)))
                    .startsWith("538 5.7.11 ");
            assertThat(client.ask("AUTH LOGIN")).startsWith("538 5.7.11 ");
        }
        assertThat(relay.accounts.attempts()).isEmpty();
    }

    @Test
    void tlsIsModernAndLooksUpNoName() throws IOException {
        ServerTls contexts = TestCertificate.ec().serve(directory);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept();
                SSLSocket tls = contexts.over(accepted, TlsKind.MODERN)) {
            assertThat(client.isConnected()).isTrue();
            assertThat(tls.getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
            assertThat(tls.getEnabledCipherSuites())
                    .allMatch(suite -> suite.matches("TLS_(ECDHE_.*_WITH_)?(AES|CHACHA).*(GCM|POLY1305).*"));
            assertThat(accepted.getInetAddress())
                    .as("without a name")
                    .asString()
                    .startsWith("/");
        }
    }

    @Test
    void startTlsIsNotOfferedInsideTls() throws IOException {
        try (TestClient client = relay.connect().secured()) {
            assertThat(client.ask("EHLO x")).doesNotContain("STARTTLS");
            assertThat(client.ask("STARTTLS")).startsWith("503 5.5.1 ");
        }
    }

    @Test
    void theGreetingNamesNoLibrary() throws IOException {
        try (TestClient client = relay.connect()) {
            assertThat(client.reply()).isEqualTo("220 relay.example ESMTP Sealpost");
        }
    }

    @Test
    void everyReplyIsAsciiWhateverTheCharset() throws IOException {
        relay.submissions.rejectWith(550, "5.7.1", "No: \u00fc\r\n250 injected");
        try (TestClient client = relay.connect().inData()) {
            client.send(".\r\n");
            assertThat(client.reply()).isEqualTo("550 5.7.1 No: \\xC3\\xBC\\x0D\\x0A250 injected");
        }
    }

    @Test
    void bareLineEndsDoNotPassThrough() throws IOException {
        try (TestClient client = relay.connect().inData()) {
            client.send("a\nb\r\n.\r\n");
            assertThat(client.reply()).startsWith("250 ");
            client.ask(MAIL);
            client.ask(RCPT);
            client.ask("DATA");
            client.send("a\rb\r\n.\r\n");
            assertThat(client.reply()).startsWith("554 5.6.0 ");
        }
        assertThat(relay.submissions.contents()).containsExactly("a\r\nb\r\n");
    }
}
