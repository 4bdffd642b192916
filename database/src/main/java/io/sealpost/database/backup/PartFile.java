package io.sealpost.database.backup;

import io.sealpost.database.backup.BackupProblem.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file of mode 0600 that is written beside its place, under a name that ends in {@code .part}, and gets its own name when it is whole
 * and on the disk. What a killed process left is written over by the next. Not thread-safe.
 */
final class PartFile implements AutoCloseable {
    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private boolean finished;

    private PartFile(Path file, Path part, FileChannel channel) {
        this.file = file;
        this.part = part;
        this.channel = channel;
    }

    static PartFile open(Path file) {
        if (Files.exists(file)) {
            throw new BackupProblem(Kind.CANNOT_CREATE, file + " is there already; it is never overwritten");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            FileChannel channel = FileChannel.open(
                    part,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return locked(new PartFile(file, part, channel));
        } catch (NoSuchFileException e) {
            throw new BackupProblem(Kind.CANNOT_CREATE, "the folder of " + file + " is not there", e);
        } catch (IOException e) {
            throw new BackupProblem(Kind.CANNOT_CREATE, file + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Two that write to one name would leave neither's backup. */
    private static PartFile locked(PartFile opened) throws IOException {
        try {
            if (opened.channel.tryLock() != null) {
                return opened;
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            // As if another process had it.
        }
        opened.channel.close();
        throw new BackupProblem(Kind.TRY_AGAIN, "another backup is being written to " + opened.file);
    }

    /** From the beginning, whatever was written before. */
    OutputStream stream() throws IOException {
        channel.truncate(0).position(0);
        return Channels.newOutputStream(channel);
    }

    /** The file is whole: gives it its name. */
    void finish() throws IOException {
        channel.force(true);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        finished = true;
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Removes what was not finished. */
    @Override
    public void close() throws IOException {
        if (!finished) {
            Files.deleteIfExists(part);
        }
        channel.close();
    }
}
