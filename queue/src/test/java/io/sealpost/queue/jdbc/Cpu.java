package io.sealpost.queue.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process and the database's server have used of the processors: on a busy machine the better measure. */
final class Cpu {
    private static final double TICKS = 100;

    private Cpu() {}

    /** In seconds, since they began. */
    static double seconds(QueueWorld world) {
        return ofTest() + ofServer(world);
    }

    static double ofTest() {
        return seconds(Path.of("/proc/self/stat"));
    }

    static double ofServer(QueueWorld world) {
        return seconds(Path.of("/proc", pid(world), "stat"));
    }

    private static String pid(QueueWorld world) {
        Path file =
                Path.of(world.texts("SELECT IF(LEFT(@@pid_file, 1) = '/', @@pid_file, CONCAT(@@datadir, @@pid_file))")
                        .get(0));
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            throw new UncheckedIOException("no process number of the server", e);
        }
    }

    private static double seconds(Path stat) {
        try {
            String text = Files.readString(stat);
            List<String> fields =
                    List.of(text.substring(text.lastIndexOf(')') + 2).split(" "));
            return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS;
        } catch (IOException e) {
            throw new UncheckedIOException("no count of processor time", e);
        }
    }
}
