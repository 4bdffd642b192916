package io.sealpost.cli.doctor;

import io.sealpost.cli.console.Times;
import io.sealpost.queue.QueueOverview.Standing;
import io.sealpost.queue.jdbc.JdbcQueueOverview;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How much waits, since when, and whether somebody works on it. */
final class QueueCheck implements Check {
    private static final int COUNTED = 10_000;
    private static final Duration OVERDUE = Duration.ofMinutes(15);

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public List<Finding> look(Patient patient) {
        Standing standing = new JdbcQueueOverview(patient.store().transactions()).look(COUNTED);
        return judge(standing, patient.store().clock().instant());
    }

    static List<Finding> judge(Standing standing, Instant now) {
        List<Finding> findings = new ArrayList<>();
        String waiting = number(standing.waiting()) + " deliveries wait"
                + standing.oldest()
                        .map(oldest -> ", the oldest message of all for " + Times.shown(Duration.between(oldest, now)))
                        .orElse("");
        findings.add(
                standing.waiting() >= COUNTED
                        ? Finding.warning(
                                waiting, "see which domain or sender they are of: sealpost queue list --limit 100")
                        : Finding.ok(waiting));
        standing.mostOverdue()
                .filter(due -> due.isBefore(now.minus(OVERDUE)))
                .ifPresent(due -> findings.add(Finding.problem(
                        "mail that was due " + Times.shown(Duration.between(due, now)) + " ago has not been tried",
                        "look whether serve runs, and what its log says")));
        if (standing.held() > 0) {
            findings.add(Finding.warning(
                    number(standing.held()) + " deliveries are on hold",
                    "see why: sealpost queue list --state hold; let them go: sealpost queue release"));
        }
        return findings;
    }

    private static String number(int count) {
        return count >= COUNTED ? COUNTED + " or more" : Integer.toString(count);
    }
}
