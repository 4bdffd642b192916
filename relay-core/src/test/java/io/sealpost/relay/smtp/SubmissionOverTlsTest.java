package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.relay.intake.Submission;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionOverTlsTest {
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
    void takesAMailOverStartTls() throws IOException {
        try (TestClient client = relay.connect()) {
            assertThat(client.reply()).isEqualTo("220 relay.example ESMTP Sealpost");
            assertThat(client.ask("EHLO client.example"))
                    .isEqualTo(String.join(
                            "\n",
                            "250-relay.example",
                            "250-PIPELINING",
                            "250-SIZE 4194304",
                            "250-8BITMIME",
                            "250-CHUNKING",
                            "250-LIMITS RCPTMAX=5 MAILMAX=1000",
                            "250-ENHANCEDSTATUSCODES",
                            "250 STARTTLS"));
            assertThat(client.ask("STARTTLS")).isEqualTo("220 2.0.0 Ready to start TLS");
            client.handshake("TLSv1.3");
            assertThat(client.ask("EHLO client.example"))
                    .doesNotContain("STARTTLS")
                    .endsWith("250 AUTH PLAIN LOGIN");
            assertThat(client.ask("AUTH PLAIN " + TestClient.plain(TestClient.LOGIN, TestClient.PASSWORD)))
                    .isEqualTo("235 2.7.0 Logged in");
            sendsAMail(client);
            assertThat(client.ask("QUIT")).isEqualTo("221 2.0.0 Bye");
            assertThat(client.isClosedByServer()).isTrue();
        }
        Submission taken = relay.submissions.only();
        assertThat(taken.client().tls())
                .hasValueSatisfying(tls -> assertThat(tls).startsWith("TLSv1.3 TLS_"));
        assertThat(taken.client().protocol()).isEqualTo("ESMTPSA");
        assertThat(taken.client().helo()).isEqualTo("client.example");
        assertThat(taken.client().listener()).isEqualTo("submission");
        assertThat(taken.sender().orElseThrow()).hasToString(TestClient.LOGIN);
        assertThat(taken.recipients()).map(r -> r.address().toString()).containsExactly("bob@remote.example");
        assertThat(taken.account().account()).isEqualTo(7);
    }

    private void sendsAMail(TestClient client) throws IOException {
        assertThat(client.ask("MAIL FROM:<" + TestClient.LOGIN + ">")).isEqualTo("250 2.1.0 Ok");
        assertThat(client.ask("RCPT TO:<bob@remote.example>")).isEqualTo("250 2.1.5 Ok");
        assertThat(client.ask("DATA")).startsWith("354 ");
        client.send("Subject: a\r\n\r\n..b\r\n.\r\n");
        assertThat(client.reply()).isEqualTo("250 2.0.0 Ok: queued as 0000000000001");
        assertThat(relay.submissions.contents()).isEqualTo(List.of("Subject: a\r\n\r\n.b\r\n"));
    }

    @Test
    void takesAMailOverImplicitTls() throws IOException {
        try (TestClient client = TestClient.connectTls(relay.address("submissions"))) {
            assertThat(client.reply()).startsWith("220 ");
            assertThat(client.ask("EHLO x")).endsWith("250 AUTH PLAIN LOGIN");
            assertThat(client.ask("STARTTLS")).startsWith("503 5.5.1 ");
            assertThat(client.ask("AUTH PLAIN " + TestClient.plain(TestClient.LOGIN, TestClient.PASSWORD)))
                    .startsWith("235 ");
            sendsAMail(client);
        }
    }

    @Test
    void speaksTls12ButNothingOlder() throws IOException {
        try (TestClient client = relay.connect()) {
            client.reply();
            client.ask("EHLO x");
            client.ask("STARTTLS");
            client.handshake("TLSv1.2");
            assertThat(client.ask("EHLO x")).contains("AUTH");
        }
    }

    @Test
    void aFailedHandshakeEndsTheConnection() throws IOException {
        try (TestClient client = relay.connect()) {
            client.reply();
            client.ask("EHLO x");
            client.ask("STARTTLS");
            client.send("EHLO y\r\nMAIL FROM:<a@b.example>\r\n");
            assertThatThrownBy(client::reply).isInstanceOf(IOException.class);
        }
        assertThat(relay.submissions.all()).isEmpty();
    }
}
