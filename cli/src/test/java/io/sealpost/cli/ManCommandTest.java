package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Sysexits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code man} and {@code completion} of the real program. */
class ManCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... words) {
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return Sealpost.run(new Console(stream, stream, new ByteArrayInputStream(new byte[0])), Map.of(), words);
    }

    @Test
    void writesAPageForEachCommand() throws IOException {
        assertThat(run("man", "--output", folder.resolve("man1").toString())).isZero();

        try (Stream<Path> pages = Files.list(folder.resolve("man1"))) {
            assertThat(pages.map(page -> page.getFileName().toString()).collect(Collectors.toSet()))
                    .isEqualTo(HelpTest.commands()
                            .map(command -> ("sealpost " + command).strip().replace(' ', '-') + ".1")
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));

        assertThat(run("man", "--output", file.resolve("man1").toString())).isEqualTo(Sysexits.CANTCREAT);
        assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("sealpost: the pages cannot be written to ");
    }

    @Test
    void printsAScriptForEachShellAndNamesThemForOthers() {
        assertThat(run("completion", "bash")).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("_complete_sealpost");
        assertThat(run("completion", "zsh")).isZero();
        assertThat(run("completion", "fish")).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("complete -c sealpost");
        assertThat(run("completion", "csh")).isEqualTo(Sysexits.USAGE);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("[bash, zsh, fish]");
    }
}
