package io.sealpost.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who finds whose server: over processes, links and copies. */
class JoinTest {
    @TempDir
    private Path folder;

    @Test
    void processesThatJoinAtOnceShareOneServer() throws Exception {
        Path place = folder.resolve("db");
        List<Process> members = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            members.add(startMember(place));
        }
        List<String> pids = new ArrayList<>();
        for (Process member : members) {
            pids.add(firstLine(member));
        }

        assertThat(pids).hasSize(3).containsOnly(pids.get(0));
        for (Process member : members) {
            member.getOutputStream().close();
        }
        for (Process member : members) {
            assertThat(member.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(member.exitValue()).isZero();
        }
        assertThat(ProcessHandle.of(Long.parseLong(pids.get(0)))
                        .filter(server ->
                                !RunningServer.hasEnded(server))) // It may wait as a zombie for its new parent.
                .isEmpty();
    }

    @Test
    void manyMayMakeTheDirectoryAtOnce() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        for (int round = 0; round < 100; round++) {
            Path place = folder.resolve("db" + round);
            Callable<Path> preparing = () -> {
                together.await(10, TimeUnit.SECONDS);
                return DataDirectory.prepare(EmbeddedSettings.in(place, line -> {}))
                        .directory();
            };
            for (Future<Path> one : threads.invokeAll(List.of(preparing, preparing))) {
                assertThat(one.get()).isEqualTo(place.toRealPath());
            }
        }
        threads.shutdown();
    }

    @Test
    void findsTheServerByWayOfASymbolicLink() throws IOException {
        Path link = folder.resolve("link");
        try (EmbeddedMariaDb direct = join(folder.resolve("db"))) {
            Files.createSymbolicLink(link, folder.resolve("db"));
            try (EmbeddedMariaDb linked = join(link)) {
                assertThat(linked.pid()).isEqualTo(direct.pid());
            }
        }
        assertThat(Files.exists(link.resolve("endpoint.json"))).isFalse();
        join(link).close();
    }

    @Test
    void aCopiedDirectoryNeverReachesTheServerOfTheFirst() throws IOException {
        Path place = folder.resolve("db");
        Path copy = folder.resolve("copy");
        join(place).close();
        copy(place, copy);
        try (EmbeddedMariaDb first = join(place)) {
            Files.copy(place.resolve("endpoint.json"), copy.resolve("endpoint.json"));
            try (EmbeddedMariaDb second = join(copy)) {
                assertThat(second.pid()).isNotEqualTo(first.pid());
                assertThat(second.settings().url())
                        .isNotEqualTo(first.settings().url());
            }
            assertThat(ProcessHandle.of(first.pid()).filter(ProcessHandle::isAlive))
                    .isPresent();
        }
    }

    @Test
    void makesItsDataAgainAfterACrashHalfway() throws IOException {
        Path part = Files.createDirectories(
                folder.resolve("db").resolve("data.part").resolve("mysql"));
        Files.writeString(part.resolve("half.frm"), "half");

        join(folder.resolve("db")).close();

        assertThat(folder.resolve("db").resolve("data.part")).doesNotExist();
        assertThat(folder.resolve("db").resolve("data").resolve("mysql").resolve("half.frm"))
                .doesNotExist();
    }

    @Test
    void saysPlainlyThatItsPlaceIsNoDirectory() throws IOException {
        Path place = Files.writeString(folder.resolve("db"), "a file");

        assertThatThrownBy(() -> join(place.resolve("below")))
                .isInstanceOf(EmbeddedProblem.class)
                .hasMessageContaining(place.toString());
    }

    @Test
    void unpacksIntoItsOwnDirectoryWhereTheUserHasNoCache() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");

        assertThat(UnpackedServer.cache(file, folder)).isEqualTo(folder);
        assertThat(UnpackedServer.cache(Path.of("?", ".cache"), folder)).isEqualTo(folder); // Java's word for no HOME.
        assertThat(Path.of("?")).doesNotExist();
        assertThat(UnpackedServer.cache(folder.resolve("cache"), folder)).isEqualTo(folder.resolve("cache/sealpost"));
    }

    @Test
    void watchesNothingAfterItsEnd() {
        EmbeddedMariaDb server = join(folder.resolve("db"));
        server.close();
        server.watch();
        server.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("mariadb-watch");
        assertThat(folder.resolve("db").resolve("endpoint.json")).doesNotExist();
    }

    private static EmbeddedMariaDb join(Path place) {
        return EmbeddedMariaDb.join(EmbeddedSettings.in(place, line -> {}));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(one, to.resolve(from.relativize(one)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private Process startMember(Path place) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Member.class.getName(),
                        place.toString())
                .redirectError(folder.resolve("members.log").toFile())
                .start();
    }

    private static String firstLine(Process member) throws IOException {
        BufferedReader said = member.inputReader();
        String line = said.readLine();
        while (line != null && !line.startsWith("pid ")) {
            line = said.readLine();
        }
        return line == null ? "none" : line.substring("pid ".length());
    }

    /** Joins, says the server's pid, and leaves when its input ends. */
    static final class Member {
        private Member() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] args) throws IOException {
            try (EmbeddedMariaDb joined = join(Path.of(args[0]))) {
                System.out.println("pid " + joined.pid());
                while (System.in.read() >= 0) {
                    // Stays until its input ends.
                }
            }
        }
    }
}
