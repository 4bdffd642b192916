package io.sealpost.relay.smtp;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where arriving bodies are kept: memory within a budget, larger ones in the spool directory. Thread-safe. */
final class BodyStore {
    private final MemoryBudget memory;
    private final int inMemory;
    private final Path spoolDirectory;

    private BodyStore(MemoryBudget memory, int inMemory, Path spoolDirectory) {
        this.memory = memory;
        this.inMemory = inMemory;
        this.spoolDirectory = spoolDirectory;
    }

    /** Throws {@link ListenerFault} when the directory cannot be made or written to. */
    static BodyStore open(SmtpLimits.Bodies limits, Path spoolDirectory) {
        BodyStore store = new BodyStore(
                new MemoryBudget(limits.memory().bytes()), (int) limits.each().bytes(), spoolDirectory);
        try {
            Files.createDirectories(spoolDirectory);
            store.openFile().close();
        } catch (IOException e) {
            throw new ListenerFault(
                    "The spool directory " + spoolDirectory + " cannot be written to: " + e.getMessage(), e);
        }
        return store;
    }

    /** How many bytes of one body are kept in memory. */
    int inMemory() {
        return inMemory;
    }

    MemoryBudget memory() {
        return memory;
    }

    /**
     * A file without a name: it is unlinked while open, so that neither a crash nor a forgotten release leaves anything behind, and
     * nobody else can open it. Only its owner may read it (0600) in the moment that it has one.
     */
    FileChannel openFile() throws IOException {
        Path file = Files.createTempFile(spoolDirectory, "body", ".tmp");
        try {
            return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(file);
        }
    }
}
