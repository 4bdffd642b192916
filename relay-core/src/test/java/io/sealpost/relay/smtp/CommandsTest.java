package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private static final String MAIL = "MAIL FROM:<anna@customer.example>";

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

    @ParameterizedTest
    @ValueSource(strings = {"my_pc", "192.0.2.1", "[]", "[192.0.2.1]", "two words", "-", "b\u00fcro", "<script>"})
    void anyNameIsTakenInEhlo(String name) throws IOException {
        try (TestClient client = relay.connect()) {
            client.reply();
            assertThat(client.ask("EHLO " + name)).startsWith("250-relay.example\n");
            assertThat(client.ask("helo " + name)).isEqualTo("250 relay.example");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EHLO         | 501 Say",
                "HELO         | 501 Say",
                "NOOP         | 250 2.0.0",
                "noop  hello  | 250 2.0.0",
                "RSET         | 250 2.0.0",
                "rset         | 250 2.0.0",
                "RSET x       | 501 5.5.4",
                "VRFY anna    | 252 2.5.0",
                "VRFY         | 501 5.5.4",
                "EXPN staff   | 502 5.5.1",
                "HELP         | 214-2.0.0",
                "HELP DATA    | 214-2.0.0",
                "DATA         | 503 5.5.1",
                "DATA x       | 501 5.5.4",
                "RCPT TO:<a@b.example> | 503 5.5.1",
                "QUIT x       | 501 5.5.4",
                "STARTTLS x   | 501 5.5.4",
                "STARTTLS     | 503 5.5.1",
                "MAIL FROM:a@b.example        | 501 5.1.7",
                "MAIL FROM:<a@b.example       | 501 5.1.7",
                "MAIL                         | 501 5.1.7",
                "MAIL FROM:<a@b.example> X=Y  | 555 5.5.4",
                "MAIL FROM:<a@b.example> SIZE=1 SIZE=2 | 501 5.5.4",
                "MAIL FROM:<a@b.example> AUTH=a+3Db    | 250 2.1.0",
                "MAIL FROM:<a@b.example> AUTH=a+zz     | 501 5.5.4",
                "MAIL FROM:<a@[192.0.2.1]>    | 501 5.1.8",
                "MAIL FROM:<a@b>              | 501 5.1.8",
                "MAIL FROM:<a>                | 501 5.1.8",
                "MAIL FROM:<\u00fc@b.example> | 553 5.6.7",
                "MAIL FROM:<>                 | 250 2.1.0",
                "mail from: <a@b.example>     | 250 2.1.0",
                "MAIL FROM:<@r.example:a@b.example>    | 250 2.1.0",
            })
    void loggedInClientsAreAnswered(String line, String reply) throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            assertThat(client.ask(line)).startsWith(reply);
            assertThat(client.ask("NOOP")).startsWith("250 ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "RCPT TO:<a@b.example>            | 250 2.1.5",
                "rcpt to: <a@b.example>           | 250 2.1.5",
                "RCPT TO:<\"a b\"@c.example>      | 250 2.1.5",
                "RCPT TO:<\"a>b\"@c.example>      | 250 2.1.5",
                "RCPT TO:<@r.example:a@b.example> | 250 2.1.5",
                "RCPT TO:<postmaster>             | 250 2.1.5",
                "RCPT TO:<PostMaster>             | 250 2.1.5",
                "RCPT TO:<a@b>                    | 501 5.1.3",
                "RCPT TO:<a>                      | 501 5.1.3",
                "RCPT TO:<a@[192.0.2.1]>          | 501 5.1.3 The recipient's address names a host by its address",
                "RCPT TO:<a@[IPv6:::1]>           | 501 5.1.3",
                "RCPT TO:<a@192.0.2.1>            | 501 5.1.3",
                "RCPT TO:<\u00fc@b.example>       | 553 5.6.7",
                "RCPT TO:<a@b.example> NOTIFY=NEVER | 555 5.5.4",
                "RCPT TO:<a@b.example> =          | 501 5.5.4",
                "MAIL FROM:<a@b.example>          | 503 5.5.1",
            })
    void recipientsAreAnswered(String line, String reply) throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            client.ask(MAIL);
            assertThat(client.ask(line)).startsWith(reply);
        }
    }

    @Test
    void postmasterIsOurs() throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            client.ask(MAIL);
            client.ask("RCPT TO:<postmaster>");
            client.ask("DATA");
            client.send("x\r\n.\r\n");
            client.reply();
        }
        assertThat(relay.submissions.only().recipients())
                .map(r -> r.address().toString())
                .containsExactly("postmaster@relay.example");
    }

    @Test
    void moreRecipientsThanAllowedAre452AndTheFirstStay() throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            client.ask(MAIL);
            for (int i = 0; i < 5; i++) {
                assertThat(client.ask("RCPT TO:<r" + i + "@b.example>")).startsWith("250 ");
            }
            assertThat(client.ask("RCPT TO:<r5@b.example>")).startsWith("452 4.5.3 ");
            client.ask("DATA");
            client.send("x\r\n.\r\n");
            assertThat(client.reply()).startsWith("250 ");
        }
        assertThat(relay.submissions.only().recipients()).hasSize(5);
    }

    @Test
    void aRecipientNamedTwiceCountsOnce() throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            client.ask(MAIL);
            assertThat(client.ask("RCPT TO:<bob@b.example>")).startsWith("250 ");
            assertThat(client.ask("RCPT TO:<bob@B.example>")).startsWith("250 ");
            client.ask("DATA");
            client.send("x\r\n.\r\n");
            client.reply();
        }
        assertThat(relay.submissions.only().recipients()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSET", "EHLO again", "HELO again"})
    void aTransactionIsEndedBy(String line) throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            client.ask(MAIL);
            client.ask("RCPT TO:<a@b.example>");
            client.ask(line);
            assertThat(client.ask("DATA")).startsWith("503 5.5.1 ");
            assertThat(client.ask(MAIL)).startsWith("250 ");
        }
    }

    @Test
    void manyMailsGoThroughOneSession() throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            for (int i = 0; i < 12; i++) {
                client.ask(MAIL);
                client.ask("RCPT TO:<bob@b.example> FOO"); // a fault each time, forgiven by each mail that goes through
                client.ask("RCPT TO:<bob@b.example>");
                client.ask("DATA");
                client.send("mail " + i + "\r\n.\r\n");
                assertThat(client.reply()).startsWith("250 2.0.0 Ok: queued as ");
            }
        }
        assertThat(relay.submissions.contents()).hasSize(12).endsWith("mail 11\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "POST /x HTTP/1.0\r\n",
                "CONNECT a:25 HTTP/1.1\r\n",
                "SSH-2.0-OpenSSH_9\r\n",
                "PRI * HTTP/2.0\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001"
            })
    void otherProtocolsAreHungUpOn(String sent) throws IOException {
        try (TestClient client = relay.connect()) {
            client.reply();
            client.send(sent.getBytes(StandardCharsets.ISO_8859_1));
            client.send("Host: a\r\nMAIL FROM:<a@b.example>\r\n");
            assertThat(client.reply()).startsWith("421 4.7.0 ");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOP\n", "NO\rOP\r\n", "NOOP\0\r\n", "NOOP \u001b[31m\r\n", "\r\n", "\n", " NOOP\r\n"})
    void unfitLinesAreAnsweredAndNotObeyed(String sent) throws IOException {
        try (TestClient client = relay.connect()) {
            client.reply();
            client.send(sent);
            assertThat(client.reply()).matches("500 5\\.5\\.[12] .*");
            assertThat(client.ask("NOOP")).startsWith("250 ");
        }
    }

    @Test
    void tooManyFaultsEndTheSession() throws IOException {
        try (TestClient client = relay.connect()) {
            client.reply();
            client.send("XYZZY\r\n".repeat(30));
            for (int i = 0; i < 10; i++) {
                assertThat(client.reply()).startsWith("500 5.5.1 ");
            }
            assertThat(client.reply()).startsWith("421 4.7.0 ");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void theLastReplyArrivesThoughMuchWasNotRead() throws IOException {
        try (TestClient client = relay.connect()) {
            client.reply();
            client.send("QUIT\r\n" + "NOOP\r\n".repeat(50_000));
            assertThat(client.reply()).startsWith("221 ");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }
}
