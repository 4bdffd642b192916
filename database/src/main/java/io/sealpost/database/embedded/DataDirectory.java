package io.sealpost.database.embedded;

import io.sealpost.database.embedded.EmbeddedSettings.MemoryDisk;
import io.sealpost.mail.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** The files of one private server, and what speaks against using them. */
final class DataDirectory {
    static final String USER = "sealpost";
    static final String SCHEMA = "sealpost";
    private static final long LEAST_SPACE = 300L << 20;
    private static final Set<String> MEMORY_DISKS = Set.of("tmpfs", "ramfs");

    private final Path directory;

    DataDirectory(Path directory) {
        this.directory = directory;
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

    Path lock(String name) {
        return directory.resolve(name);
    }

    /** Makes the directory where it is missing; an {@link EmbeddedProblem} when it is not fit for mail. */
    void prepare(MemoryDisk memoryDisk) {
        try {
            if (!Files.exists(directory)) {
                Files.createDirectories(directory.getParent());
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            String owner = Files.getOwner(directory).getName();
            if (!owner.equals(System.getProperty("user.name"))) {
                throw new EmbeddedProblem(
                        "the database in " + directory + " belongs to the user " + owner + "; run this as " + owner);
            }
            FileStore disk = Files.getFileStore(directory);
            if (memoryDisk == MemoryDisk.REFUSED && MEMORY_DISKS.contains(disk.type())) {
                throw new EmbeddedProblem(directory
                        + " lies on a memory disk, which forgets accepted mail; set [database] data_dir elsewhere");
            }
            if (disk.getUsableSpace() < LEAST_SPACE) {
                throw new EmbeddedProblem("the disk of " + directory + " has less than 300 MB free; make room there");
            }
        } catch (IOException e) {
            throw new EmbeddedProblem(
                    "the database's directory " + directory + " cannot be used: " + e.getMessage(), e);
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

    /** The password of {@link #USER}, made when there is none. */
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

    /** A file of mode 0600, whole or not at all. */
    void write(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, text, StandardCharsets.UTF_8);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path versionFile() {
        return directory.resolve("version");
    }
}
