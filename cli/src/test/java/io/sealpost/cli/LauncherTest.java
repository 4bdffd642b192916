package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a folder of its own, with a Java that only tells its words: it is newer than any on the machine. */
class LauncherTest {
    private static final String JAVA = """
            #!/bin/bash
            for word; do
              case $word in
                -XX:ArchiveClassesAtExit=*)
                  echo made >>"$(dirname "$0")/archives"
                  [ ! -e "$(dirname "$0")/fails" ] || exit 1
                  exec 3<>"$(dirname "$0")/gate"; [ ! -e "$(dirname "$0")/waits" ] || read -r -u 3 line
                  echo archive >"${word#*=}"
                  exit 0 ;;
              esac
            done
            printf '%s\\n' "$@"
            exit 7
            """;

    @TempDir
    private Path folder;

    private Path home;
    private Path lib;
    private Path bin;

    /**
     * What one run gave.
     *
     * @param code the exit code
     * @param words what Java was started with, or what the launcher said
     */
    private record Ended(int code, List<String> words) {}

    @BeforeEach
    void build() throws IOException {
        folder = folder.toRealPath();
        home = Files.createDirectories(folder.resolve("a home"));
        Files.copy(Path.of("..", "sealpost"), home.resolve("sealpost"), StandardCopyOption.COPY_ATTRIBUTES);
        lib = Files.createDirectories(home.resolve("cli/target/sealpost/lib"));
        Files.createFile(lib.resolve("sealpost-cli-1.jar"));
        Files.createFile(lib.resolve("other.jar"));
        bin = java("jdk", "99.0.1");
    }

    /** A Java of this version; where its programs are. */
    private Path java(String name, String version) throws IOException {
        Path made = Files.createDirectories(folder.resolve(name).resolve("bin"));
        Files.writeString(made.resolveSibling("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.writeString(made.resolve("java"), JAVA);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return made;
    }

    private Process start(Path in, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", bin.getParent().toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Ended ended(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said.lines().toList());
    }

    private Ended run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("sealpost").toString()));
        command.addAll(List.of(words));
        return ended(start(folder, Map.of(), command.toArray(String[]::new)));
    }

    private long archivesMade() throws IOException {
        Path count = bin.resolve("archives");
        return Files.exists(count) ? Files.readAllLines(count).size() : 0;
    }

    @Test
    void handsAllWordsOnAndEndsAsTheProgramDoes() throws Exception {
        Ended ended = run("account", "add", "with blank", "", "*");

        assertThat(ended.code()).isEqualTo(7);
        assertThat(ended.words())
                .containsSubsequence(
                        "-cp",
                        lib.resolve("other.jar") + ":" + lib.resolve("sealpost-cli-1.jar"),
                        "io.sealpost.cli.Sealpost",
                        "account",
                        "add",
                        "with blank",
                        "",
                        "*");
    }

    @Test
    void findsItsHomeThroughLinksOfAllKinds() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other/place"));
        Files.createSymbolicLink(other.resolve("absolute"), home.resolve("sealpost"));
        Files.createSymbolicLink(other.resolve("relative"), Path.of("../../a home/sealpost"));
        Files.createSymbolicLink(folder.resolve("other/twice"), Path.of("place/relative"));

        for (String[] command : new String[][] {
            {"./absolute", "x"},
            {"./relative", "x"},
            {"../twice", "x"},
            {"bash", "relative", "x"},
            {"bash", "absolute", "x"}
        }) {
            Ended ended = ended(start(other, Map.of("CDPATH", "/"), command));

            assertThat(ended.code())
                    .as(String.join(" ", command) + ended.words())
                    .isEqualTo(7);
            assertThat(String.join(" ", ended.words()))
                    .contains(lib.resolve("other.jar").toString());
        }
    }

    @Test
    void startsServicesWithRoomAndCommandsQuickly() throws Exception {
        assertThat(run("serve", "--config", "x").words())
                .contains("-Xmx512m", "--enable-native-access=ALL-UNNAMED")
                .noneMatch(word -> word.startsWith("-XX:"));
        assertThat(run("queue", "list", "--domain", "serve").words())
                .contains(
                        "-XX:TieredStopAtLevel=1", "-XX:SharedArchiveFile=" + lib.resolveSibling("classes-99.0.1.jsa"))
                .doesNotContain("-Xmx512m");
        Ended own = ended(start(
                folder,
                Map.of("SEALPOST_JAVA_OPTS", "-Xmx2g -Da=b"),
                home.resolve("sealpost").toString(),
                "serve"));
        assertThat(own.words()).contains("-Xmx2g", "-Da=b").doesNotContain("-Xmx512m");
    }

    @Test
    void takesTheNewestJava() throws Exception {
        Path newer = java("newer", "100");
        Path older = java("older", "16.0.2");

        Ended ended = ended(start(
                folder,
                Map.of(
                        "PATH",
                        older + ":" + newer + ":" + System.getenv("PATH"),
                        "JAVA_HOME",
                        bin.getParent().toString()),
                home.resolve("sealpost").toString(),
                "--version"));

        assertThat(ended.words()).anyMatch(word -> word.endsWith("classes-99.0.1.jsa"));
        Ended byPath = ended(start(
                folder,
                Map.of(
                        "PATH",
                        newer + ":" + System.getenv("PATH"),
                        "JAVA_HOME",
                        older.getParent().toString()),
                home.resolve("sealpost").toString(),
                "--version"));
        assertThat(byPath.words()).anyMatch(word -> word.endsWith("classes-100.jsa"));
    }

    @Test
    void makesTheClassArchiveOnceAndAnewForAnotherBuild() throws Exception {
        run("--version");
        run("queue", "list");
        assertThat(archivesMade()).isEqualTo(1);

        Path archive = lib.resolveSibling("classes-99.0.1.jsa");
        Files.setLastModifiedTime(
                lib.resolve("other.jar"),
                FileTime.from(Files.getLastModifiedTime(archive).toInstant().plusSeconds(5)));
        run("--version");
        assertThat(archivesMade()).isEqualTo(2);
    }

    @Test
    void tenCommandsAtOnceMakeOneArchiveAndNineGoWithout() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", bin.resolve("gate").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.createFile(bin.resolve("waits"));
        Process first = start(folder, Map.of(), home.resolve("sealpost").toString(), "first");
        await().until(() -> archivesMade() == 1);
        List<Process> others = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            others.add(start(folder, Map.of(), home.resolve("sealpost").toString(), "other"));
        }
        for (Process other : others) {
            assertThat(ended(other).words())
                    .contains("other")
                    .noneMatch(word -> word.startsWith("-XX:SharedArchiveFile"));
        }

        Files.writeString(bin.resolve("gate"), "go\n");

        assertThat(ended(first).words()).anyMatch(word -> word.startsWith("-XX:SharedArchiveFile"));
        assertThat(archivesMade()).isEqualTo(1);
    }

    @Test
    void anArchiveThatCannotBeMadeIsNotTriedAgain() throws Exception {
        Files.createFile(bin.resolve("fails"));

        for (int i = 0; i < 3; i++) {
            Ended ended = run("--version");
            assertThat(ended.code()).isEqualTo(7);
            assertThat(ended.words()).noneMatch(word -> word.startsWith("-XX:SharedArchiveFile"));
        }

        assertThat(archivesMade()).isEqualTo(1);
        try (Stream<Path> left = Files.list(lib.getParent())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("lib", "classes-99.0.1.jsa.failed", "classes-99.0.1.jsa.lock");
        }
    }

    @Test
    void saysWhatIsMissingToBuild() throws Exception {
        Files.delete(lib.resolve("sealpost-cli-1.jar"));
        Path javac = Files.copy(bin.resolve("java"), bin.resolve("javac"), StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(javac).isExecutable();
        Path mvn = Files.copy(bin.resolve("java"), bin.resolve("mvn"), StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(mvn).isExecutable();
        Files.createFile(home.resolve("target")); // A file in the folder's place: nobody can write into it.

        Ended ended = ended(start(
                folder,
                Map.of("PATH", bin + ":" + System.getenv("PATH")),
                home.resolve("sealpost").toString(),
                "--version"));

        assertThat(ended.code()).isEqualTo(73);
        assertThat(ended.words())
                .singleElement()
                .asString()
                .startsWith("sealpost: cannot write to " + home + "/target;");
    }

    @Test
    void showsWhyABuildFailed() throws Exception {
        Files.delete(lib.resolve("sealpost-cli-1.jar"));
        Files.copy(bin.resolve("java"), bin.resolve("javac"), StandardCopyOption.COPY_ATTRIBUTES);
        Path mvn = Files.writeString(bin.resolve("mvn"), "#!/bin/bash\necho '[ERROR] no room'\nexit 1\n");
        assertThat(mvn.toFile().setExecutable(true)).isTrue();

        Ended ended = ended(start(
                folder,
                Map.of("PATH", bin + ":" + System.getenv("PATH")),
                home.resolve("sealpost").toString(),
                "--version"));

        assertThat(ended.code()).isEqualTo(70);
        assertThat(ended.words()).contains("[ERROR] no room");
    }
}
