package io.sealpost.database.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the server of one directory among the processes. It is known by its settings file, which no other server names: never by a
 * pid alone, which after a restart of the machine may belong to somebody else's database.
 */
final class RunningServer {
    private static final String PORT = "--port=";

    private final String settingsArgument;

    RunningServer(Path settingsFile) {
        this.settingsArgument = settingsArgument(settingsFile);
    }

    /** The argument by which the server is known. */
    static String settingsArgument(Path settingsFile) {
        return "--defaults-file=" + settingsFile;
    }

    /** The one that runs, whatever {@code endpoint.json} says: its starter may have died before it wrote that. */
    Optional<Endpoint> find() {
        return ProcessHandle.allProcesses()
                .filter(this::isOurs)
                .flatMap(process -> endpoint(process).stream())
                .findFirst();
    }

    /** The process at this pid, while it runs and is ours. */
    Optional<ProcessHandle> process(long pid) {
        return ProcessHandle.of(pid).filter(this::isOurs);
    }

    /**
     * Whether it has ended and closed its files. A process that ends loses its arguments before that; a zombie, which stays where the
     * first process of a container collects none, has done so.
     */
    static boolean hasEnded(ProcessHandle process) {
        return !process.isAlive() || isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith(") Z ", stat.lastIndexOf(')'));
        } catch (IOException e) {
            return false; // Not Linux, or gone meanwhile: then it is not alive at the next look.
        }
    }

    private boolean isOurs(ProcessHandle process) {
        return arguments(process).contains(settingsArgument);
    }

    /** Empty for a process that only makes the tables: it listens nowhere. */
    private static Optional<Endpoint> endpoint(ProcessHandle process) {
        return arguments(process).stream()
                .filter(argument -> argument.startsWith(PORT))
                .map(argument -> new Endpoint(Integer.parseInt(argument.substring(PORT.length())), process.pid()))
                .findFirst();
    }

    private static List<String> arguments(ProcessHandle process) {
        return process.info().arguments().map(Arrays::asList).orElse(List.of());
    }
}
