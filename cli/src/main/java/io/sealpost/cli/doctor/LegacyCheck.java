package io.sealpost.cli.doctor;

import io.sealpost.cli.config.Settings.Listener;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** How long listeners for old devices are still open. */
final class LegacyCheck implements Check {
    private static final int SOON = 30;

    @Override
    public String name() {
        return "old devices";
    }

    @Override
    public List<Finding> look(Patient patient) {
        LocalDate today = LocalDate.ofInstant(patient.world().clock().instant(), ZoneId.systemDefault());
        List<Finding> findings = patient.settings().listeners().stream()
                .map(listener -> look(listener, today))
                .flatMap(Optional::stream)
                .toList();
        return findings.isEmpty()
                ? List.of(Finding.ok("no listener takes TLS 1.0, TLS 1.1 or logins in clear"))
                : findings;
    }

    private static Optional<Finding> look(Listener listener, LocalDate today) {
        return listener.legacy().map(legacy -> {
            long left = ChronoUnit.DAYS.between(today, legacy.until());
            if (left < 0) {
                return Finding.warning(
                        listener.name() + " for old devices is closed since its last day, " + legacy.until(),
                        "take its [[listener]] out of the settings");
            }
            String open = listener.name() + " takes "
                    + (legacy.clearText() == Listener.ClearText.TAKEN ? "logins in clear" : "TLS 1.0 and 1.1")
                    + " for " + left + " more days, until " + legacy.until();
            return left <= SOON
                    ? Finding.warning(open, "see to the devices that still need it, or set another day")
                    : Finding.ok(open);
        });
    }
}
