package io.sealpost.database.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The files of a MariaDB server.
 *
 * @param mariadbd the program
 * @param share the folder with {@code english/errmsg.sys} and the SQL of the system tables
 * @param version of the program
 */
record ServerBinaries(Path mariadbd, Path share, ServerVersion version) {
    private static final List<Path> SYSTEM_SHARES = List.of(Path.of("/usr/share/mysql"), Path.of("/usr/share/mariadb"));
    private static final List<String> MORE_PLACES = List.of("/usr/sbin", "/usr/libexec", "/usr/local/sbin");

    /**
     * The system's server where it is new enough, else the one of the Maven artifact, unpacked once a user.
     *
     * @param least the version that made the data: an older server would destroy it
     */
    static ServerBinaries find(Optional<ServerVersion> least, Consumer<String> progress) {
        ServerVersion wanted =
                least.filter(made -> made.compareTo(ServerVersion.LEAST) > 0).orElse(ServerVersion.LEAST);
        Optional<ServerBinaries> system = ofSystem().filter(found -> found.version.compareTo(wanted) >= 0);
        if (system.isPresent()) {
            return system.get();
        }
        if (UnpackedServer.VERSION.compareTo(wanted) < 0) {
            throw new EmbeddedProblem("the data was made by MariaDB " + wanted
                    + ", which an older one must not open; install " + "mariadb-server " + wanted + " or later");
        }
        return UnpackedServer.get(progress);
    }

    private static Optional<ServerBinaries> ofSystem() {
        return places().map(folder -> folder.resolve("mariadbd"))
                .filter(Files::isExecutable)
                .flatMap(program -> ofSystem(program).stream())
                .findFirst();
    }

    private static Stream<Path> places() {
        List<String> places = new ArrayList<>(Arrays.asList(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")));
        places.addAll(MORE_PLACES);
        return places.stream().filter(place -> !place.isEmpty()).map(Path::of);
    }

    private static Optional<ServerBinaries> ofSystem(Path program) {
        Optional<Path> share = SYSTEM_SHARES.stream()
                .filter(folder -> Files.isReadable(folder.resolve("english/errmsg.sys"))
                        && Files.isReadable(folder.resolve("mariadb_system_tables.sql")))
                .findFirst();
        return share.flatMap(folder -> versionOf(program).map(version -> new ServerBinaries(program, folder, version)));
    }

    private static Optional<ServerVersion> versionOf(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--no-defaults", "--version")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(5, TimeUnit.SECONDS);
            return ServerVersion.find(said);
        } catch (IOException e) {
            return Optional.empty(); // No server that could be run.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
