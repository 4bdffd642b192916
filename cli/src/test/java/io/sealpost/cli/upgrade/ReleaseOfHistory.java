package io.sealpost.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of an earlier commit, built from this clone's history into {@code target/releases} once. */
public final class ReleaseOfHistory {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private ReleaseOfHistory() {}

    /** Its class path; the test is left out, and says so, where the clone does not have the commit. */
    public static String classPath(String commit) throws Exception {
        assumeTrue(
                run(List.of("git", "cat-file", "-e", commit + "^{commit}"), ROOT) == 0,
                "this clone has no commit " + commit + ": it is shallow, or no clone");
        Path home = ROOT.resolve("target/releases").resolve(commit);
        if (!Files.exists(home)) {
            Path part = home.resolveSibling(commit + ".part");
            Files.createDirectories(part);
            String unpack = "git -C " + ROOT + " archive " + commit + " | tar -x -C " + part;
            assertThat(run(List.of("sh", "-c", unpack), ROOT)).isZero();
            List<String> build = List.of("mvn", "-B", "-q", "-Pquick", "package", "-pl", "cli", "-am");
            assertThat(run(build, part)).as("see " + part + "/build.log").isZero();
            Files.move(part, home);
        }
        return home.resolve("cli/target/sealpost/lib") + "/*";
    }

    private static int run(List<String> command, Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        Files.isWritable(folder) && !folder.equals(ROOT)
                                ? folder.resolve("build.log").toFile()
                                : Path.of("/dev/null").toFile())
                .start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
