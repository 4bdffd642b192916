package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.mail.DataSize;
import io.sealpost.relay.intake.Submission;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageDataTest {
    private static final String MAIL = "MAIL FROM:<anna@customer.example>";

    @TempDir
    Path directory;

    /** Each holds one end of data at most: what follows the first is commands of the client's own, and never a second message. */
    @ParameterizedTest
    @MethodSource("io.sealpost.fixtures.EndsOfData#untrue")
    void smugglingYieldsNoSecondMessage(String sequence) throws IOException {
        String smuggled = "MAIL FROM:<x@y.example>\r\nRCPT TO:<victim@z.example>\r\nDATA\r\nsmuggled\r\n.\r\n";
        for (String name : new String[] {"submission", "strict"}) {
            try (ListenerFixture relay = ListenerFixture.start(directory);
                    TestClient client = TestClient.connect(relay.address(name)).inData()) {
                client.send("a" + sequence + smuggled + "QUIT\r\n");
                assertThat(client.reply()).matches("(250 2\\.0\\.0|554 5\\.6\\.0) .*");
                assertThat(client.reply()).as("behind the only end there is").startsWith("221 ");
                assertThat(relay.submissions.all()).hasSizeLessThan(2);
                assertThat(relay.submissions.contents())
                        .allMatch(content -> content.contains("smuggled") && !content.matches("(?s).*[^\r]\n.*"));
            }
        }
    }

    @Test
    void aBareLineFeedIsRefusedWhereTheListenerSaysSo() throws IOException {
        try (ListenerFixture relay = ListenerFixture.start(directory);
                TestClient client = TestClient.connect(relay.address("strict")).inData()) {
            client.send("a\nb\r\n.\r\n");
            assertThat(client.reply()).startsWith("554 5.6.0 The message has a line feed without");
            assertThat(relay.submissions.all()).isEmpty();
        }
    }

    @Test
    void aLargeMessageArrivesWholeAndLeavesNoFile() throws IOException {
        String message = "0123456789abcde\r\n".repeat(150_000);
        try (ListenerFixture relay = ListenerFixture.start(directory);
                TestClient client = relay.connect().inData()) {
            client.send(message + ".\r\n");
            assertThat(client.reply()).startsWith("250 ");
            Submission taken = relay.submissions.only();
            assertThat(taken.content().size()).isEqualTo(message.length());
            assertThat(relay.submissions.contents().get(0)).isEqualTo(message);
            taken.content().release();
        }
        assertThat(directory.resolve("spool").toFile().list()).isEmpty();
    }

    @Test
    void theFileOfARefusedMessageIsReleased() throws IOException {
        try (ListenerFixture relay = ListenerFixture.start(directory);
                TestClient client = relay.connect().inData()) {
            relay.submissions.rejectWith(550, "5.7.1", "No");
            client.send("0123456789abcde\r\n".repeat(100_000) + ".\r\n");
            assertThat(client.reply()).isEqualTo("550 5.7.1 No");
            assertThatThrownBy(() -> relay.submissions.only().content().open().read())
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void bodiesOverTheBudgetAreToldToComeAgain() throws IOException {
        SmtpLimits limits =
                ListenerFixture.limits(new DataSize(4 << 20), 5, 100, new DataSize(100_000), ListenerFixture.TIMEOUTS);
        try (ListenerFixture relay = ListenerFixture.start(directory, limits);
                TestClient client = relay.connect().inData()) {
            client.send("0123456789abcd\r\n".repeat(10_000) + ".\r\n");
            assertThat(client.reply()).startsWith("452 4.3.1 ");
            sendSmallMail(client);
            assertThat(client.reply()).as("the budget is whole again").startsWith("250 ");
        }
    }

    private static void sendSmallMail(TestClient client) throws IOException {
        client.ask(MAIL);
        client.ask("RCPT TO:<a@b.example>");
        client.ask("DATA");
        client.send("x\r\n.\r\n");
    }

    @Test
    void dataWithoutEndIsCutOff() throws IOException {
        SmtpLimits limits =
                ListenerFixture.limits(new DataSize(100_000), 5, 100, new DataSize(64 << 20), ListenerFixture.TIMEOUTS);
        try (ListenerFixture relay = ListenerFixture.start(directory, limits);
                TestClient client = relay.connect().inData()) {
            client.send(new byte[250_000]); // NULs, which are not kept
            assertThat(client.reply()).startsWith("552 5.3.4 ");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aConnectionLostInDataIsNoMessage() throws IOException {
        try (ListenerFixture relay = ListenerFixture.start(directory)) {
            try (TestClient client = relay.connect().inData()) {
                client.send("Subject: a\r\n\r\nbody\r\n");
            }
            try (TestClient client = relay.connect().inData()) {
                client.send("x\r\n.\r\n");
                client.reply();
            }
            assertThat(relay.submissions.contents()).containsExactly("x\r\n");
        }
    }

    @Test
    void ourOwnTroubleIsTemporary() throws IOException {
        try (ListenerFixture relay = ListenerFixture.start(directory);
                TestClient client = relay.connect().inData()) {
            relay.submissions.fail(new IllegalStateException("a secret of the inside"));
            client.send("x\r\n.\r\n");
            assertThat(client.reply()).isEqualTo("451 4.3.0 Trouble on our side; try again later");
            assertThat(client.ask(MAIL)).startsWith("250 ");
        }
    }

    @Test
    void nothingIsSaidBeforeTheMessageIsTaken() throws Exception {
        try (ListenerFixture relay = ListenerFixture.start(directory);
                TestClient client = relay.connect().inData()) {
            var gate = relay.submissions.holdUp();
            client.send("x\r\n.\r\nQUIT\r\n");
            org.awaitility.Awaitility.await()
                    .until(() -> relay.submissions.contents().size() == 1);
            assertThat(client.socket().getInputStream().available()).isZero();
            gate.countDown();
            assertThat(client.reply()).startsWith("250 ");
            assertThat(client.reply()).startsWith("221 ");
            assertThatThrownBy(client::reply).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void eightBitTextPasses() throws IOException {
        byte[] message = "\u00e9\u00ff\u0080\r\n".getBytes(StandardCharsets.ISO_8859_1);
        try (ListenerFixture relay = ListenerFixture.start(directory);
                TestClient client = relay.connect().inData()) {
            client.send(message);
            client.send(".\r\n");
            assertThat(client.reply()).startsWith("250 ");
            assertThat(relay.submissions.contents()).containsExactly("\u00e9\u00ff\u0080\r\n");
        }
    }
}
