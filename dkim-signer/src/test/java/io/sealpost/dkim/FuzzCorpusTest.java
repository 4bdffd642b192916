package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The inputs that the fuzzer kept, since each reached code that the others did not. */
class FuzzCorpusTest {
    @Test
    void holdsForEveryInputThatTheFuzzerKept() throws IOException {
        List<Path> kept;
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz-corpus"))) {
            kept = files.toList();
        }

        assertThat(kept).hasSizeGreaterThan(20);
        for (Path input : kept) {
            SignerFuzz.fuzzerTestOneInput(Files.readAllBytes(input));
        }
    }
}
