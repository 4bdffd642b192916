package io.sealpost.relay.smtp;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The inputs that the fuzzing of the session kept, and some of today's. */
class SessionFuzzTest {
    private static final Logger SMTPD = (Logger) LoggerFactory.getLogger("sealpost.smtpd");
    private static Level before;

    @BeforeAll
    static void silence() {
        before = SMTPD.getLevel();
        SessionFuzz.fuzzerInitialize();
    }

    @AfterAll
    static void speak() {
        SMTPD.setLevel(before);
    }

    @Test
    void whatWasKeptStillHolds() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/session-corpus"))) {
            List<Path> inputs = files.toList();
            for (Path input : inputs) {
                runNaming(input.toString(), Files.readAllBytes(input));
            }
        }
    }

    @Test
    void whateverComesHolds() {
        for (int seed = 0; seed < 4000; seed++) {
            Random random = new Random(seed);
            byte[] input = new byte[random.nextInt(120) + 1];
            random.nextBytes(input);
            input[0] |= (byte) (seed % 8 == 0 ? 0 : 1); // Mostly pieces of the protocol.
            runNaming("seed " + seed, input);
        }
    }

    private static void runNaming(String name, byte[] input) {
        try {
            SessionFuzz.fuzzerTestOneInput(input);
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(name, e);
        }
    }
}
