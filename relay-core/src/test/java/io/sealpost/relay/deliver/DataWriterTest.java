package io.sealpost.relay.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataWriterTest {
    private static final int BLOCK = 64 * 1024;

    @ParameterizedTest
    @CsvSource({
        "'', '.|'",
        "'a|', 'a|.|'",
        "'a', 'a|.|'",
        "'.', '..|.|'",
        "'.|', '..|.|'",
        "'..|', '...|.|'",
        "'a|.|b|', 'a|..|b|.|'",
        "'a.|.b.|', 'a.|..b.|.|'",
        "'||', '||.|'"
    })
    void dotsAreStuffedAndTheEndIsALoneDot(String content, String wire) throws Exception {
        assertThat(written(lines(content))).isEqualTo(lines(wire));
    }

    @Test
    void whateverIsSentComesOutAsItWasAndEndsOnce() throws Exception {
        Random random = new Random(20260101);
        String[] pieces = {".", "..", "\r\n", "\r\n.\r\n", "x", "xy.", "\u0000", "\u00ff", "\r\n..", "text of a line"};
        for (int round = 0; round < 3000; round++) {
            StringBuilder content = new StringBuilder();
            for (int n = random.nextInt(60); n > 0; n--) {
                content.append(pieces[random.nextInt(pieces.length)]);
            }
            content.append("\r\n");
            assertThat(read(written(content.toString()))).isEqualTo(content.toString());
        }
    }

    @Test
    void aDotOnEitherSideOfABlocksEdgeIsStuffedWhereALineBegins() throws Exception {
        for (int before = BLOCK - 6; before <= BLOCK + 6; before++) {
            String content = "x".repeat(before) + "\r\n.\r\n.y\r\n" + "z".repeat(BLOCK) + "\r\n.\r\n";
            assertThat(read(written(content))).isEqualTo(content);
        }
    }

    @Test
    void aDotThatBeginsTheContentBehindThePrefixIsStuffed() throws Exception {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        DataWriter writer = new DataWriter((block, length) -> wire.write(block, 0, length));
        writer.write(new SequenceInputStream(bytes("Received: x\r\n"), bytes(".\r\nMAIL FROM:<evil@x.test>\r\n")));
        writer.end();
        assertThat(wire.toString(StandardCharsets.ISO_8859_1))
                .isEqualTo("Received: x\r\n..\r\nMAIL FROM:<evil@x.test>\r\n.\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\r\n", "a\rb\r\n", "a\r", "\n", "a\n.\r\n", "a\r\n.\n", "a\r\r\n", "a\r\n.\r.\r\n"})
    void aBareCrOrLfIsNeverSentToItsEnd(String content) {
        assertThatExceptionOfType(UnsendableContent.class).isThrownBy(() -> written(content));
    }

    @Test
    void aShortMessageWaitsForTheEnd() throws Exception {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        DataWriter writer = new DataWriter((block, length) -> wire.write(block, 0, length));
        writer.write(bytes("a\r\n"));
        assertThat(wire.size()).isZero();
    }

    @Test
    void aLongOneIsSentButForItsDot() throws Exception {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        DataWriter writer = new DataWriter((block, length) -> wire.write(block, 0, length));
        String content = "x".repeat(BLOCK) + "\r\nend\r\n";
        writer.write(bytes(content));
        assertThat(wire.toString(StandardCharsets.ISO_8859_1)).isEqualTo(content);
        writer.end();
        assertThat(wire.toString(StandardCharsets.ISO_8859_1)).isEqualTo(content + ".\r\n");
    }

    private static String lines(String text) {
        return text.replace("|", "\r\n");
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String written(String content) throws BrokenConversation, UnsendableContent {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        DataWriter writer = new DataWriter((block, length) -> wire.write(block, 0, length));
        writer.write(bytes(content));
        writer.end();
        return wire.toString(StandardCharsets.ISO_8859_1);
    }

    /** An independent, obvious reading of RFC 5321 §4.5.2; fails where something follows the end. */
    private static String read(String wire) {
        StringBuilder content = new StringBuilder();
        String rest = wire;
        while (!rest.startsWith(".\r\n")) {
            int end = rest.indexOf("\r\n") + 2;
            String line = rest.substring(0, end);
            content.append(line.startsWith(".") ? line.substring(1) : line);
            rest = rest.substring(end);
        }
        assertThat(rest).as("behind the final dot").isEqualTo(".\r\n");
        return content.toString();
    }
}
