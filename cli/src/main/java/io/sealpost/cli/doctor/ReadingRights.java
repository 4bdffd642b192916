package io.sealpost.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the user that runs doctor may read what it is to judge. */
final class ReadingRights {
    private ReadingRights() {}

    /** What is wrong with reading a file or entering a folder that is there; empty when nothing is, or it is not there. */
    static Optional<Finding> fault(Path path) {
        boolean fine = !Files.exists(path)
                || (Files.isReadable(path) && (!Files.isDirectory(path) || Files.isExecutable(path)));
        return fine
                ? Optional.empty()
                : Optional.of(Finding.problem(
                        path + " cannot be read by " + System.getProperty("user.name"),
                        "run doctor as the user that serves; if this is that user, give it to it: chown"));
    }
}
