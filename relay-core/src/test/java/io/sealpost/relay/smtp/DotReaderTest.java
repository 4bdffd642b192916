package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.DataSize;
import io.sealpost.queue.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sequences are written with r and n for CR and LF, 0 for NUL, and x for any other byte. */
class DotReaderTest {
    private static final String NOT_ENDED = "goes on";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        // what the client sends                  what the message is
        ".rn,                                     ''",
        "rn.rn,                                   rn",
        "xrn.rn,                                  xrn",
        "..rn.rn,                                 .rn",
        "..xrnx..rn.rn,                           .xrnx..rn",
        ".xrn.rn,                                 xrn",
        "xrn..rn.rn,                              xrn.rn",
        "xrn...rn.rn,                             xrn..rn",
        "x.rn.rn,                                 x.rn",
        "xrn.rnQUITrn,                            xrn",
        // a bare LF ends a line of the content, never the data
        "xn.rn.rn,                                xrn.rn",
        "xn.n.rn.rn,                              xrn.rn.rn",
        "xn.n,                                    goes on",
        "xn.rn,                                   goes on",
        "n.n,                                     goes on",
        ".n,                                      goes on",
        ".nxrn.rn,                                .rnxrn",
        "xrn.nxrn.rn,                             xrn.rnxrn",
        "xrn.n.rn,                                goes on",
        "xrn.n.rn.rn,                             xrn.rn.rn",
        "xn..xrn.rn,                              xrn.xrn",
        "xn.xrn.rn,                               xrnxrn",
        "xnxrn.rn,                                xrnxrn",
        "xnrn.rn,                                 xrnrn",
        "xrn.rx,                                  goes on",
        // a bare CR is refused, but only behind the true end
        "xr.rn.rn,                                BARE_CR",
        "xr.r,                                    goes on",
        "xrn.rrn,                                 goes on",
        "xrn.rrn.rn,                              BARE_CR",
        "xrrn.rn,                                 BARE_CR",
        "xrn.rxrn.rn,                             BARE_CR",
        ".rxrn.rn,                                BARE_CR",
        "xr.n.rn.rn,                              BARE_CR",
        "xrn.r.rn.rn,                             BARE_CR",
        // so is a NUL
        "0rn.rn,                                  NUL",
        "xrn0.rn.rn,                              NUL",
        "xrn.0rn.rn,                              NUL",
        "xrn.r0n.rn,                              goes on",
        "xrn.r0n.rnxrn.rn,                        BARE_CR",
        "x0r0n0.rnxrn.rn,                         NUL",
    })
    void endsOnlyAtCrlfDotCrlf(String sent, String expected) throws IOException {
        byte[] bytes = bytes(sent);
        assertThat(read(bytes, bytes.length, BareLf.NORMALIZE)).isEqualTo(expected);
        for (int size = 1; size < bytes.length; size++) {
            assertThat(read(bytes, size, BareLf.NORMALIZE))
                    .as("in blocks of %d", size)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "xnxrn.rn,      BARE_LF",
        "n.rnxrn.rn,    BARE_LF",
        "xrn.nxrn.rn,   BARE_LF",
        "xn.n,          goes on",
        "xrn.rn,        xrn",
        "xnxrxrn.rn,    BARE_LF",
        "xrxnxrn.rn,    BARE_CR",
    })
    void refusesBareLfWhereToldTo(String sent, String expected) throws IOException {
        byte[] bytes = bytes(sent);
        for (int size = 1; size <= bytes.length; size++) {
            assertThat(read(bytes, size, BareLf.REFUSE))
                    .as("in blocks of %d", size)
                    .isEqualTo(expected);
        }
    }

    @Test
    void leavesWhatFollowsTheEnd() throws IOException {
        try (BodySink out = sink()) {
            ByteBuffer in = ByteBuffer.wrap("a\r\n.\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new DotReader(lines(BareLf.NORMALIZE, out)).take(in)).isTrue();
            assertThat(StandardCharsets.US_ASCII.decode(in).toString()).isEqualTo("QUIT\r\n");
        }
    }

    @Test
    void passesEightBitBytesAndLongLinesUnchanged() throws IOException {
        byte[] message = (" \u00e9\u00ff".repeat(1500) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        try (BodySink out = sink()) {
            ContentLines lines = lines(BareLf.REFUSE, out);
            DotReader reader = new DotReader(lines);
            assertThat(reader.take(ByteBuffer.wrap(message))).isFalse();
            assertThat(reader.take(ByteBuffer.wrap(bytes(".rn")))).isTrue();
            assertThat(lines.fault()).isEmpty();
            assertThat(content(out)).isEqualTo(new String(message, StandardCharsets.ISO_8859_1));
        }
    }

    private String read(byte[] bytes, int blockSize, BareLf bareLf) throws IOException {
        try (BodySink out = sink()) {
            ContentLines lines = lines(bareLf, out);
            DotReader reader = new DotReader(lines);
            boolean ended = false;
            for (int at = 0; at < bytes.length && !ended; at += blockSize) {
                ended = reader.take(ByteBuffer.wrap(bytes, at, Math.min(blockSize, bytes.length - at)));
            }
            if (!ended) {
                return NOT_ENDED;
            }
            return lines.fault().isPresent()
                    ? lines.fault().get().toString()
                    : content(out).replace('\r', 'r').replace('\n', 'n');
        }
    }

    private static String content(BodySink out) throws IOException {
        Content content = out.content().orElseThrow();
        try (InputStream in = content.open()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static ContentLines lines(BareLf bareLf, BodySink out) {
        return new ContentLines(new LineRules(bareLf, LongLines.PASS), out);
    }

    private BodySink sink() {
        return new BodySink(
                BodyStore.open(new SmtpLimits.Bodies(new DataSize(1 << 20), new DataSize(1 << 20)), directory),
                new DataSize(1 << 20));
    }

    private static byte[] bytes(String sequence) {
        return sequence.replace('r', '\r').replace('n', '\n').replace('0', '\0').getBytes(StandardCharsets.US_ASCII);
    }
}
