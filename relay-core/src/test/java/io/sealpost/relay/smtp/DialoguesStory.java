package io.sealpost.relay.smtp;

import io.sealpost.mail.DataSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each file under {@code dialogues/} is held, byte for byte, with real listeners. */
class DialoguesStory {
    @TempDir
    static Path directory;

    private static ListenerFixture relay;

    @BeforeAll
    static void start() throws IOException {
        relay = ListenerFixture.start(
                directory,
                ListenerFixture.limits(
                        new DataSize(100_000), 5, 100, new DataSize(64 << 20), ListenerFixture.TIMEOUTS));
    }

    @AfterAll
    static void stop() {
        relay.close();
    }

    @TestFactory
    Stream<DynamicContainer> conversations() {
        return Stream.of("verbs.txt", "paths.txt", "end-of-data.txt", "chunking.txt", "sizes.txt", "odd-clients.txt")
                .map(file -> DynamicContainer.dynamicContainer(
                        file,
                        DialogueFile.read(file).stream()
                                .map(dialogue -> DynamicTest.dynamicTest(
                                        dialogue.title(), () -> new DialogueRun(relay, dialogue).hold()))));
    }
}
