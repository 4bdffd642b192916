package io.sealpost.cli.doctor;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.wiring.Store;
import io.sealpost.database.ServerChecks;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.ForeignText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the database answers, soon, is new enough and keeps what it acknowledges. */
final class DatabaseCheck implements Check {
    /** A submission waits for one commit, a delivery for another. */
    private static final Duration FAR = Duration.ofMillis(50);

    private static final int PINGS = 5;

    @Override
    public String name() {
        return "database";
    }

    @Override
    public List<Finding> look(Patient patient) {
        if (patient.settings().database() instanceof Settings.Database.Embedded embedded) {
            Optional<Finding> closed = ReadingRights.fault(embedded.dataDir());
            if (closed.isPresent()) {
                return List.of(closed.get());
            }
        }
        Store store;
        try {
            store = patient.anyStore();
        } catch (StoreUnavailable | Fault away) {
            return List.of(away(patient.settings(), away));
        }
        Duration ping = ping(store);
        List<Finding> findings = new ArrayList<>();
        String answers = "MariaDB " + ForeignText.escape(ServerChecks.version(store.transactions())) + " answers in "
                + ping.toMillis() + " ms (" + where(patient.settings()) + ")";
        findings.add(
                ping.compareTo(FAR) > 0
                        ? Finding.warning(
                                answers + ": every message waits for that several times",
                                "bring database and relay nearer together")
                        : Finding.ok(answers));
        ServerChecks.problems(store.transactions())
                .forEach(problem -> findings.add(Finding.problem(
                        problem,
                        "change the server's settings; serve does not start on it (docs/operations/doctor.md)")));
        return findings;
    }

    /** The best of a few: the other checks ask at the same time. */
    private static Duration ping(Store store) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < PINGS; i++) {
            long asked = System.nanoTime();
            ServerChecks.version(store.transactions());
            best = Math.min(best, System.nanoTime() - asked);
        }
        return Duration.ofNanos(best);
    }

    private static Finding away(Settings settings, RuntimeException away) {
        String sentence = String.valueOf(away.getMessage()).lines().findFirst().orElse("");
        if (settings.database() instanceof Settings.Database.Embedded) {
            return Finding.problem(
                    sentence + " (" + where(settings) + ")",
                    Store.mayExist(settings)
                            ? "run doctor as the user that serves; mariadbd.log there says what the server met"
                            : "the first \"sealpost serve\" or \"sealpost domain add\" makes one");
        }
        return Finding.problem(
                sentence + " (" + where(settings) + ")",
                "look whether the server runs, and whether url, user and password_file under [database] are right");
    }

    private static String where(Settings settings) {
        return settings.database() instanceof Settings.Database.Embedded embedded
                ? "private, in " + embedded.dataDir()
                : ((Settings.Database.Server) settings.database()).url().replaceFirst("\\?.*", "");
    }
}
