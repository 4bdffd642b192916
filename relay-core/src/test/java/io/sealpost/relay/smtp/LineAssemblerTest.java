package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.relay.smtp.CommandLine.Fit;
import io.sealpost.relay.smtp.CommandLine.Unfit;
import io.sealpost.relay.smtp.CommandLine.Why;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineAssemblerTest {
    private final LineAssembler lines = new LineAssembler(12_288);

    @Test
    void takesOneLineAndLeavesTheNext() {
        ByteBuffer in = bytes("NOOP\r\nQUIT\r\n");
        assertThat(lines.take(in)).contains(new Fit("NOOP"));
        assertThat(in.remaining()).isEqualTo(6);
        assertThat(lines.take(in)).contains(new Fit("QUIT"));
        assertThat(lines.take(in)).isEmpty();
    }

    @Test
    void putsALineTogetherFromSingleBytes() {
        String sent = "RCPT TO:<a@b.example>\r";
        for (int i = 0; i < sent.length(); i++) {
            assertThat(lines.take(bytes(sent.substring(i, i + 1)))).isEmpty();
        }
        assertThat(lines.take(bytes("\n"))).contains(new Fit("RCPT TO:<a@b.example>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOP\n", "NO\rOP\r\n", "NOOP\r\r\n", "NO\0OP\r\n", "NOOP \u001b[2J\r\n", "NOOP\u007f\r\n"})
    void aLineWithABareLineEndOrControlCharacterIsUnfit(String sent) {
        assertThat(lines.take(bytes(sent))).contains(new Unfit(Why.CONTROL_CHARACTER));
        assertThat(lines.take(bytes("QUIT\r\n"))).contains(new Fit("QUIT"));
    }

    @Test
    void takesTheLongestLineOfAuthAndNoLonger() {
        String longest = "AUTH PLAIN " + "A".repeat(12_288 - 13);
        assertThat(lines.take(bytes(longest + "\r\n"))).contains(new Fit(longest));
        assertThat(lines.take(bytes(longest + "A\r\n"))).contains(new Unfit(Why.TOO_LONG));
        assertThat(lines.take(bytes("QUIT\r\n"))).contains(new Fit("QUIT"));
    }

    @Test
    void aLineWithoutEndIsForeign() {
        assertThat(lines.take(bytes("A".repeat(70_000)))).contains(new Unfit(Why.FOREIGN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0016\u0003\u0001", "\u00c3", "\u0003\0\0", "\0"})
    void aFirstByteThatNoCommandHasIsForeignAtOnce(String sent) {
        assertThat(lines.take(bytes(sent))).contains(new Unfit(Why.FOREIGN));
    }

    @Test
    void readsUtf8AndElseLatin1() {
        assertThat(lines.take(ByteBuffer.wrap("EHLO b\u00fcro\r\n".getBytes(StandardCharsets.UTF_8))))
                .contains(new Fit("EHLO b\u00fcro"));
        assertThat(lines.take(bytes("EHLO b\u00fcro\r\n"))).contains(new Fit("EHLO b\u00fcro"));
    }

    @Test
    void aLineDoesNotPrintItself() {
        assertThat(new Fit("AUTH PLAIN AGEAYg==")).hasToString("a line of 19 characters");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
