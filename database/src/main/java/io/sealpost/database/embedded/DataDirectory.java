package io.sealpost.database.embedded;

import io.sealpost.database.embedded.EmbeddedSettings.MemoryDisk;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of one private server, and what speaks against using them. */
final class DataDirectory {
    private static final long LEAST_SPACE = 300L << 20;
    private static final Set<String> MEMORY_DISKS = Set.of("tmpfs", "ramfs");

    private final Path directory;

    private DataDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the directory where it is missing; an {@link EmbeddedProblem} when it is not fit for mail. Known by its real path: who
     * comes by way of a symbolic link must find the same server.
     */
    static DataDirectory prepare(EmbeddedSettings settings) {
        Path wanted = settings.directory();
        try {
            if (!Files.exists(wanted)) {
                make(wanted);
            }
            DataDirectory directory = new DataDirectory(wanted.toRealPath());
            directory.check(settings.memoryDisk());
            return directory;
        } catch (IOException e) {
            throw new EmbeddedProblem("the database's directory " + wanted + " cannot be used: " + e, e);
        }
    }

    private static void make(Path wanted) throws IOException {
        Files.createDirectories(wanted.getParent());
        try {
            Files.createDirectory(
                    wanted, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(wanted)) { // Else another process that joins now was quicker.
                throw e;
            }
        }
    }

    Path directory() {
        return directory;
    }

    Path data() {
        return directory.resolve("data");
    }

    Path endpoint() {
        return directory.resolve("endpoint.json");
    }

    Path log() {
        return directory.resolve("mariadbd.log");
    }

    Path pidFile() {
        return directory.resolve("mariadbd.pid");
    }

    Path settings() {
        return directory.resolve("my.cnf");
    }

    /** The statements that let {@link ServerProcess#USER} in; there while the server starts. */
    Path entry() {
        return directory.resolve("entry.sql");
    }

    Path lock(String name) {
        return directory.resolve(name);
    }

    private void check(MemoryDisk memoryDisk) throws IOException {
        UserPrincipal owner = Files.getOwner(directory);
        if (!Files.isWritable(directory) || !owner.equals(whoWeAre())) {
            throw new EmbeddedProblem("the database in " + directory + " belongs to the user " + owner.getName()
                    + "; run this as " + owner.getName());
        }
        if (memoryDisk == MemoryDisk.REFUSED
                && MEMORY_DISKS.contains(Files.getFileStore(directory).type())) {
            throw new EmbeddedProblem(directory
                    + " lies on a memory disk, which forgets accepted mail; set [database] data_dir elsewhere");
        }
    }

    /** Asked of the disk: in a container the user may have no name. */
    private UserPrincipal whoWeAre() throws IOException {
        Path made = Files.createTempFile(directory, "owner", "");
        try {
            return Files.getOwner(made);
        } finally {
            Files.delete(made);
        }
    }

    /** Only before data is made: a full disk must not keep anybody from a queue that could be emptied. */
    void requireSpace() throws IOException {
        if (Files.getFileStore(directory).getUsableSpace() < LEAST_SPACE) {
            throw new EmbeddedProblem("the disk of " + directory + " has less than 300 MB free; make room there");
        }
    }

    boolean isMade() {
        return Files.exists(data());
    }

    /** The newest version that has opened the data; empty before the first. */
    Optional<ServerVersion> version() {
        try {
            return ServerVersion.find(Files.readString(versionFile(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void markVersion(ServerVersion version) throws IOException {
        if (version().map(known -> known.compareTo(version) < 0).orElse(true)) {
            write(versionFile(), version + "\n");
        }
    }

    /** The password of {@link ServerProcess#USER}, made when there is none. */
    Secret password() {
        Path file = directory.resolve("password");
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[24];
                new SecureRandom().nextBytes(random);
                write(file, HexFormat.of().formatHex(random) + "\n");
            }
            return new Secret(Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            throw new EmbeddedProblem("the database's password file " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** How far the log has come; 0 when there is none. */
    long logSize() throws IOException {
        return Files.exists(log()) ? Files.size(log()) : 0;
    }

    /** What the log says from there on went wrong: its first error, else its last line. */
    String complaint(long from) {
        try {
            byte[] all = Files.readAllBytes(log());
            int start = (int) Math.min(from, all.length);
            List<String> lines = new String(all, start, all.length - start, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
            return ForeignText.escape(lines.stream()
                    .filter(line -> line.contains("[ERROR]"))
                    .map(line -> line.replaceFirst(".*?\\[ERROR] ", ""))
                    .findFirst()
                    .orElse(last));
        } catch (IOException e) {
            return "";
        }
    }

    /** A file of mode 0600, whole or not at all. */
    void write(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, text, StandardCharsets.UTF_8);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes a folder and all in it; does nothing when it is not there. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    private Path versionFile() {
        return directory.resolve("version");
    }
}
