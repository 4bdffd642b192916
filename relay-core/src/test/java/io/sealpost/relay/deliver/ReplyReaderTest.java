package io.sealpost.relay.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealpost.mail.RemoteReply;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
    private static final Peer PEER = new Peer("mx.test", new InetSocketAddress(InetAddress.getLoopbackAddress(), 25));

    @Test
    void repliesAreReadOneByOneInTheirOrder() throws IOException {
        ReplyReader reader = reader("250-a\r\n250 b\r\n354\r\n550 5.1.1 no\n");
        assertThat(reader.read()).isEqualTo(new ServerReply(250, List.of("a", "b")));
        assertThat(reader.read()).isEqualTo(new ServerReply(354, List.of("")));
        assertThat(reader.hasMore()).isTrue();
        assertThat(reader.read()).isEqualTo(new ServerReply(550, List.of("5.1.1 no")));
        assertThat(reader.hasMore()).isFalse();
        assertThatExceptionOfType(EOFException.class).isThrownBy(reader::read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "25\r\n",
                "2500 x\r\n",
                "abc x\r\n",
                "150 x\r\n",
                "600 x\r\n",
                "250_x\r\n",
                " 250 x\r\n",
                "250-a\r\n251 b\r\n",
                "HTTP/1.1 200 OK\r\n"
            })
    void whatIsNoReplyIsToldApart(String wire) {
        assertThatExceptionOfType(ReplyReader.Unintelligible.class)
                .isThrownBy(() -> reader(wire).read());
    }

    @Test
    void linesAndTheirNumberAreBounded() throws IOException {
        assertThat(reader("250 " + "x".repeat(4091) + "\r\n").read().lines().get(0))
                .hasSize(4091);
        assertThatExceptionOfType(ReplyReader.Unintelligible.class)
                .isThrownBy(() -> reader("250 " + "x".repeat(5000) + "\r\n").read());
        assertThat(reader("250-x\r\n".repeat(99) + "250 x\r\n").read().lines()).hasSize(100);
        assertThatExceptionOfType(ReplyReader.Unintelligible.class)
                .isThrownBy(() -> reader("250-x\r\n".repeat(100) + "250 x\r\n").read());
    }

    @Test
    void theStatusOfEachLineIsTakenOutOfTheText() throws IOException {
        RemoteReply reply = reader("550-5.1.1 No such user\r\n550-5.1.1\r\n550 5.1.1  here\r\n")
                .read()
                .from(PEER, Stage.RCPT);
        assertThat(reply.status().map(Object::toString)).contains("5.1.1");
        assertThat(reply.text()).isEqualTo("No such user  here");
        assertThat(reply.host()).isEqualTo("mx.test[127.0.0.1]:25");
        assertThat(reply.command()).isEqualTo("RCPT");
    }

    @Test
    void theTextThatIsKeptIsBounded() throws IOException {
        RemoteReply reply = reader(("550-" + "x".repeat(1000) + "\r\n").repeat(50) + "550 x\r\n")
                .read()
                .from(PEER, Stage.MAIL);
        assertThat(reply.text()).hasSize(2000);
    }

    @Test
    void utf8AndLatin1AreBothReadable() throws IOException {
        byte[] latin1 = "550 gr\u00fcn\r\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf8 = "550 gr\u00fcn\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(new ReplyReader(new ByteArrayInputStream(latin1)).read().lines())
                .containsExactly("gr\u00fcn");
        assertThat(new ReplyReader(new ByteArrayInputStream(utf8)).read().lines())
                .containsExactly("gr\u00fcn");
    }

    @Test
    void keywordsAreReadInAnyCaseWithTheirParametersOff() throws IOException {
        Capabilities announced = Capabilities.of(reader(
                        "250-pipelining.test greets you\r\n250-size 100\r\n250-8bitMime\r\n250-AUTH=PLAIN\r\n250 SMTPUTF8\r\n")
                .read());
        assertThat(announced.keywords()).containsExactlyInAnyOrder("SIZE", "8BITMIME", "AUTH", "SMTPUTF8");
        assertThat(announced.smtpUtf8()).isTrue();
        assertThat(announced.pipelining()).isFalse();
    }

    private static ReplyReader reader(String wire) {
        return new ReplyReader(new ByteArrayInputStream(wire.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
