package io.sealpost.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether {@code state_dir} and the spool in it can be written, by writing into them. */
final class StateDirectoryCheck implements Check {
    @Override
    public String name() {
        return "state_dir";
    }

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        Path state = patient.settings().stateDir();
        Path spool = state.resolve("spool");
        for (Path folder : List.of(state, spool)) {
            if (Files.exists(folder) && !isWritable(folder)) {
                return List.of(Finding.problem(
                        folder + " cannot be written by " + user(),
                        "give it to the user that serves: chown -R USER " + state + "; or run doctor as that user"));
            }
        }
        if (!Files.exists(state)) {
            return List.of(notThere(state));
        }
        String owner = Files.getOwner(state).getName();
        if (!owner.equals(user())) {
            return List.of(Finding.warning(
                    state + " belongs to " + owner + ", and doctor runs as " + user() + ": what " + owner
                            + " may do cannot be seen",
                    "run doctor as " + owner));
        }
        return List.of(Finding.ok(state + " and its spool can be written"));
    }

    private static Finding notThere(Path state) {
        Path parent = state.toAbsolutePath().getParent();
        while (parent != null && !Files.exists(parent)) {
            parent = parent.getParent();
        }
        return parent != null && isWritable(parent)
                ? Finding.ok(state + " is not there yet; serve makes it")
                : Finding.problem(
                        state + " is not there, and " + user() + " cannot make it",
                        "make it and give it to the user that serves");
    }

    private static boolean isWritable(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, "doctor", ".tmp"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String user() {
        return System.getProperty("user.name");
    }
}
