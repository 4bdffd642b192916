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
import java.util.stream.Stream;

/**
 * The files of a MariaDB server.
 *
 * @param mariadbd the program
 * @param share the folder with {@code english/errmsg.sys} and the SQL of the system tables
 * @param version of the program
 */
record ServerBinaries(Path mariadbd, Path share, ServerVersion version) {
    /** Beside the folder of the program: Debian, Fedora, and the archives of mariadb.org. */
    private static final List<Path> SHARES =
            List.of(Path.of("share", "mysql"), Path.of("share", "mariadb"), Path.of("share"));

    private static final Path SYSTEM = Path.of("/usr");
    /** The SQL of the system tables begins with the program's name, which changed: Debian's 10.11 still has the old one. */
    private static final List<String> PREFIXES = List.of("mariadb", "mysql");

    private static final List<String> MORE_PLACES = List.of("/usr/sbin", "/usr/libexec", "/usr/local/sbin");

    /**
     * The system's server where it is new enough, else the one of the Maven artifact, unpacked once a user.
     *
     * @param least the version that made the data: an older server would destroy it
     */
    static ServerBinaries find(Optional<ServerVersion> least, EmbeddedSettings settings) {
        ServerVersion wanted =
                least.filter(made -> made.compareTo(ServerVersion.LEAST) > 0).orElse(ServerVersion.LEAST);
        Optional<ServerBinaries> system = ofSystem().filter(found -> found.version.compareTo(wanted) >= 0);
        if (system.isPresent()) {
            return system.get();
        }
        if (UnpackedServer.VERSION.compareTo(wanted) < 0) {
            throw new EmbeddedProblem("the data was made by MariaDB " + wanted
                    + ", which an older one must not open; install mariadb-server " + wanted + " or later");
        }
        return UnpackedServer.get(settings);
    }

    /** The SQL that makes the system tables, in order. */
    List<Path> systemTables() {
        return systemTables(share);
    }

    private static List<Path> systemTables(Path share) {
        return PREFIXES.stream()
                .map(prefix -> Stream.of("_system_tables.sql", "_system_tables_data.sql")
                        .map(end -> share.resolve(prefix + end))
                        .toList())
                .filter(files -> files.stream().allMatch(Files::isReadable))
                .findFirst()
                .orElse(List.of());
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
        Optional<Path> share = Stream.of(
                        program.toAbsolutePath().resolve("../..").normalize(), SYSTEM)
                .flatMap(base -> SHARES.stream().map(base::resolve))
                .filter(folder -> Files.isReadable(folder.resolve("english/errmsg.sys")))
                .filter(folder -> !systemTables(folder).isEmpty())
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
