package io.sealpost.database.embedded;

import io.sealpost.mail.DataSize;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Where a private MariaDB lives.
 *
 * @param directory holds {@code data/}, {@code endpoint.json}, the locks, the log and the password
 * @param memoryDisk whether a directory that a reboot empties is taken
 * @param bufferPool what of the tables the server keeps in memory at most; whoever starts it decides
 * @param progress hears a line about each step that takes longer
 */
public record EmbeddedSettings(Path directory, MemoryDisk memoryDisk, DataSize bufferPool, Consumer<String> progress) {
    /** A memory disk keeps nothing: tests may want one, mail never. */
    public enum MemoryDisk {
        /** It is a problem. */
        REFUSED,
        /** It is taken. */
        ALLOWED
    }

    /** Makes the directory absolute. */
    public EmbeddedSettings {
        Objects.requireNonNull(memoryDisk, "memoryDisk is null");
        Objects.requireNonNull(bufferPool, "bufferPool is null");
        Objects.requireNonNull(progress, "progress is null");
        directory = directory.toAbsolutePath().normalize();
    }

    /** With the smallest buffer pool. */
    public EmbeddedSettings(Path directory, MemoryDisk memoryDisk, Consumer<String> progress) {
        this(directory, memoryDisk, BufferPool.SMALLEST, progress);
    }

    /** On a disk that keeps what is written, with the smallest buffer pool. */
    public static EmbeddedSettings in(Path directory, Consumer<String> progress) {
        return new EmbeddedSettings(directory, MemoryDisk.REFUSED, progress);
    }

    /** The same with another buffer pool. */
    public EmbeddedSettings with(DataSize pool) {
        return new EmbeddedSettings(directory, memoryDisk, pool, progress);
    }
}
