package io.sealpost.cli.doctor;

import io.sealpost.cli.console.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Whether this machine's clock goes with the database's, which all nodes follow. */
final class ClockCheck implements Check {
    private static final Duration APART = Duration.ofSeconds(2);
    private static final Duration FAR_APART = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public List<Finding> look(Patient patient) {
        Instant theirs = patient.anyStore().clock().instant();
        Instant ours = patient.world().clock().instant();
        Duration apart = Duration.between(theirs, ours).abs();
        String sentence = "this machine's clock is " + Times.shown(apart)
                + (ours.isBefore(theirs) ? " behind" : " ahead of") + " the database's";
        if (apart.compareTo(FAR_APART) > 0) {
            return List.of(Finding.problem(
                    sentence + ": certificates, signatures and logs go by different times",
                    "let both machines follow a time server (chrony, systemd-timesyncd)"));
        }
        return List.of(
                apart.compareTo(APART) > 0
                        ? Finding.warning(
                                sentence, "let both machines follow a time server (chrony, systemd-timesyncd)")
                        : Finding.ok("this machine's clock goes with the database's: " + Times.shown(ours)));
    }
}
