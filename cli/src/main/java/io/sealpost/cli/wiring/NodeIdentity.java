package io.sealpost.cli.wiring;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The lasting name of this node ({@code node-id} in the state directory), held under a file lock ({@code serve.lock}) while {@code serve}
 * runs: two processes with one name would settle each other's leases.
 */
final class NodeIdentity implements AutoCloseable {
    private final FileChannel lock;
    private final String name;

    private NodeIdentity(FileChannel lock, String name) {
        this.lock = lock;
        this.name = name;
    }

    static NodeIdentity take(Path stateDir) {
        try {
            Files.createDirectories(stateDir);
            FileChannel channel = FileChannel.open(
                    stateDir.resolve("serve.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new Fault(
                        Sysexits.UNAVAILABLE,
                        "another serve runs with the state directory " + stateDir + "; end it first");
            }
            return new NodeIdentity(channel, name(stateDir.resolve("node-id")));
        } catch (IOException e) {
            throw new Fault(
                    Sysexits.CANTCREAT, "the state directory " + stateDir + " cannot be used: " + e.getMessage());
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock taken = channel.tryLock();
            return taken != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    private static String name(Path file) throws IOException {
        if (Files.exists(file)) {
            String name = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!name.isEmpty()) {
                return name;
            }
        }
        String name = UUID.randomUUID().toString();
        Files.writeString(file, name + "\n", StandardCharsets.UTF_8);
        return name;
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            // The process's end lets go of it too.
        }
    }
}
