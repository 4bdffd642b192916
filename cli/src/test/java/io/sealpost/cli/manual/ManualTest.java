package io.sealpost.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** On a small program with all that real ones have; the real one's pages are tested beside its commands. */
class ManualTest {
    @TempDir
    private Path folder;

    private final Manual manual = new Manual(new CommandLine(new Program()).getCommandSpec());
    private Path page;

    @Command(
            name = "program",
            description = "Does things.",
            mixinStandardHelpOptions = true,
            subcommands = {Inner.class, Secret.class})
    static final class Program {}

    @Command(
            name = "inner",
            description = {"Goes in. Takes 10%% of \"it\".", "'Quoted' \\ and – more."},
            footer = {"  program inner --word=x", "  printf '%%s' \"$X\" | program inner"})
    @SuppressWarnings("unused") // picocli reads them.
    static final class Inner {
        @Option(
                names = {"-w", "--word"},
                paramLabel = "WORD",
                description = ".starts with a dot")
        private String word;

        @Option(names = "--colour", paramLabel = "C", description = "Which.")
        private Colour colour;

        @Option(names = "--file", paramLabel = "FILE", description = "Where, it's a path.")
        private Path file;

        @Option(names = "--never-shown", hidden = true)
        private boolean hidden;

        @Parameters(paramLabel = "THING", arity = "0..1", description = "A thing.")
        private String thing;
    }

    @Command(name = "secret", hidden = true)
    static final class Secret {}

    /** Words for completion. */
    enum Colour {
        red,
        rosy,
        green
    }

    @BeforeEach
    void write() throws IOException {
        assertThat(manual.writePages(folder.resolve("man1"), "1.2-SNAPSHOT")).isEqualTo(2);
        page = folder.resolve("man1/program-inner.1");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        }
    }

    private static void assumeInstalled(String program) {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, program))),
                program + " is not installed");
    }

    @Test
    void aPageHasAllThatTheHelpHas() throws IOException {
        String text = Files.readString(page, StandardCharsets.US_ASCII);

        assertThat(text)
                .startsWith(".TH \"PROGRAM\\-INNER\" 1")
                .contains(
                        "program\\-inner \\- Goes in\n",
                        "Takes 10% of \\(dqit\\(dq.",
                        "\\(aqQuoted\\(aq \\e and \\[u2013] more.",
                        "\\fB\\-w\\fR, \\fB\\-\\-word\\fR=\\fIWORD\\fR\n\\&.starts",
                        "printf \\(aq%s\\(aq",
                        "\\fBprogram\\fR(1)")
                .doesNotContain("never");
        assertThat(Files.readString(folder.resolve("man1/program.1"), StandardCharsets.US_ASCII))
                .contains(".SH COMMANDS", "see program\\-inner(1)", ".SH ENVIRONMENT")
                .doesNotContain("secret");
    }

    @Test
    void groffFindsNothingWrong() throws Exception {
        assumeInstalled("groff");

        assertThat(run("groff", "-ww", "-man", "-Tutf8", "-z", page.toString())).isEmpty();
        assertThat(run("groff", "-man", "-Tutf8", page.toString())).contains("10% of \"it\"", "– more");
    }

    @Test
    void mandocFindsNothingWrong() throws Exception {
        assumeInstalled("mandoc");

        assertThat(run("mandoc", "-T", "lint", "-W", "warning", page.toString()).lines())
                .allMatch(line ->
                        line.contains("missing date")); // Pages of one version are the same whenever they are made.
    }

    @Test
    void bashCompletesCommandsOptionsAndWords() throws Exception {
        assertThat(inBash("program i")).isEqualTo("inner");
        assertThat(inBash("program inner --w")).isEqualTo("--word");
        assertThat(inBash("program inner --colour r")).isEqualTo("red rosy");
    }

    private String inBash(String line) throws Exception {
        Path script = Files.writeString(folder.resolve("completion.bash"), manual.bashCompletion());
        // compopt works only while a shell completes.
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                "compopt() { :; }; source \"$0\"; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _complete_program; echo \"${COMPREPLY[@]}\"",
                script.toString()));
        command.addAll(List.of(line.split(" ")));
        return run(command.toArray(String[]::new)).strip();
    }

    @Test
    void zshTakesTheScriptOfBash() throws Exception {
        assumeInstalled("zsh");
        Path script = Files.writeString(folder.resolve("completion.zsh"), manual.bashCompletion());

        assertThat(run("zsh", "-f", "-c", "source \"$0\" && print -r -- ${_comps[program]}", script.toString()))
                .contains("_complete_program");
    }

    @Test
    void fishCompletesCommandsOptionsAndWords() throws Exception {
        assumeInstalled("fish");
        Path script = Files.writeString(folder.resolve("completion.fish"), manual.fishCompletion());

        assertThat(inFish(script, "program ")).contains("inner\tGoes in").doesNotContain("secret");
        assertThat(inFish(script, "program inner --w")).startsWith("--word\t.starts");
        assertThat(inFish(script, "program inner --colour r").lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("r"));
        assertThat(inFish(script, "program inner -"))
                .contains("--file\tWhere, it's a path.")
                .doesNotContain("never");
    }

    private static String inFish(Path script, String line) throws Exception {
        return run("fish", "-c", "source " + script + "; complete -C '" + line + "'");
    }
}
