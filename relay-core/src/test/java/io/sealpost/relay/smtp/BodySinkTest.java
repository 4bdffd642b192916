package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.mail.DataSize;
import io.sealpost.queue.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodySinkTest {
    private static final DataSize BUDGET = new DataSize(3 << 20);
    private static final DataSize MAX = new DataSize(8 << 20);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 8193, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_000})
    void givesBackWhatWasWritten(int size) throws IOException {
        byte[] message = new byte[size];
        new Random(size).nextBytes(message);
        BodyStore store = BodyStore.open(new SmtpLimits.Bodies(BUDGET, new DataSize(1 << 20)), directory);
        Content content;
        try (BodySink sink = new BodySink(store, MAX)) {
            for (int at = 0; at < size; at += 5000) {
                sink.write(message, at, Math.min(5000, size - at));
            }
            content = sink.content().orElseThrow();
        }
        assertThat(content.size()).isEqualTo(size);
        assertThat(readAll(content)).isEqualTo(message);
        assertThat(readAll(content)).as("a second time").isEqualTo(message);
        assertThat(store.memory().left()).as("the budget").isEqualTo(BUDGET.bytes());
        content.release();
        assertThat(filesInSpool()).isZero();
    }

    @Test
    void aReleasedSpoolFileIsGone() throws IOException {
        Content content;
        try (BodySink sink =
                new BodySink(BodyStore.open(new SmtpLimits.Bodies(BUDGET, new DataSize(1 << 20)), directory), MAX)) {
            sink.write(new byte[2 << 20], 0, 2 << 20);
            content = sink.content().orElseThrow();
        }
        assertThat(filesInSpool()).as("unlinked while it is open").isZero();
        content.release();
        content.release();
        assertThatThrownBy(() -> readAll(content)).isInstanceOf(IOException.class);
    }

    @Test
    void aLargeBodyLeavesMostOfItsMemoryToOthers() {
        BodyStore store = BodyStore.open(new SmtpLimits.Bodies(BUDGET, new DataSize(1 << 20)), directory);
        try (BodySink sink = new BodySink(store, MAX)) {
            sink.write(new byte[2 << 20], 0, 2 << 20);
            assertThat(store.memory().left()).isEqualTo(BUDGET.bytes() - (1 << 16));
        }
        assertThat(store.memory().left()).isEqualTo(BUDGET.bytes());
    }

    @Test
    void keepsNothingOverTheLargestSizeButCounts() {
        BodyStore store = BodyStore.open(new SmtpLimits.Bodies(BUDGET, new DataSize(1 << 20)), directory);
        try (BodySink sink = new BodySink(store, new DataSize(10))) {
            sink.write(new byte[11], 0, 11);
            assertThat(sink.fault()).contains(BodySink.Fault.TOO_LARGE);
            assertThat(sink.size()).isEqualTo(11);
            assertThat(sink.content()).isEmpty();
        }
    }

    @Test
    void keepsNothingOverTheBudget() {
        BodyStore store = BodyStore.open(new SmtpLimits.Bodies(new DataSize(10_000), new DataSize(1 << 20)), directory);
        try (BodySink first = new BodySink(store, MAX);
                BodySink second = new BodySink(store, MAX)) {
            first.write(new byte[8000], 0, 8000);
            second.write(new byte[8000], 0, 8000);
            assertThat(first.content()).isPresent();
            assertThat(second.fault()).contains(BodySink.Fault.NO_ROOM);
            assertThat(second.content()).isEmpty();
        }
        assertThat(store.memory().left()).isEqualTo(10_000);
    }

    @Test
    void saysWhichSpoolDirectoryCannotBeUsed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() ->
                        BodyStore.open(new SmtpLimits.Bodies(BUDGET, new DataSize(1 << 20)), file.resolve("spool")))
                .isInstanceOf(ListenerFault.class)
                .hasMessageStartingWith("The spool directory " + file.resolve("spool") + " cannot be written to");
    }

    private static byte[] readAll(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    private long filesInSpool() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
