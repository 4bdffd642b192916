package io.sealpost.cli.doctor;

import io.sealpost.cli.config.Settings;
import io.sealpost.mail.DataSize;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether there is room where the private database and the spool lie. */
final class DiskSpaceCheck implements Check {
    private static final DataSize LITTLE = DataSize.parse("2G");
    private static final DataSize NONE = DataSize.parse("512M");

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        List<Finding> findings = new ArrayList<>();
        if (patient.settings().database() instanceof Settings.Database.Embedded embedded) {
            findings.add(judge("the database", embedded.dataDir(), usable(embedded.dataDir())));
        }
        Path spool = patient.settings().stateDir().resolve("spool");
        findings.add(judge("the spool", spool, usable(spool)));
        return findings;
    }

    static Finding judge(String what, Path folder, long usable) {
        String room = new DataSize(usable >> 20 << 20) + " free for " + what + " at " + folder;
        if (usable < NONE.bytes()) {
            return Finding.problem(
                    "only " + room + ": when it is full, no more mail is taken",
                    "make room, or move it to a larger disk");
        }
        return usable < LITTLE.bytes()
                ? Finding.warning("only " + room, "make room before it is full: then no more mail is taken")
                : Finding.ok(room);
    }

    /** Of what is not there yet, that of the folder above it. */
    private static long usable(Path folder) throws IOException {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        FileStore store = Files.getFileStore(existing);
        return store.getUsableSpace();
    }
}
