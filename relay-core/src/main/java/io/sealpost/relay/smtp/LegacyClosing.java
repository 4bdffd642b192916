package io.sealpost.relay.smtp;

import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends listeners of old devices behind their last day, and says from thirty days before on, once a day, how many are left. One thread
 * at a time.
 */
final class LegacyClosing {
    private static final Logger LOG = LoggerFactory.getLogger("sealpost.legacy");
    private static final int WARNED_DAYS = 30;

    private final Clock clock;
    private final Map<String, LocalDate> said = new HashMap<>();

    LegacyClosing(Clock clock) {
        this.clock = clock;
    }

    /** Whether it may open today. */
    boolean mayOpen(SmtpListener listener) {
        boolean over = listener.legacy().filter(this::isOver).isPresent();
        if (over) {
            LOG.warn(
                    "listener {} for old devices is not opened: its last day was {}; take it out of the settings",
                    listener.name(),
                    listener.legacy().get().until());
        }
        return !over;
    }

    private boolean isOver(LegacyRules rules) {
        return today().isAfter(rules.until());
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    /** Looks at those that are open. */
    void look(List<SmtpListener> open) {
        for (SmtpListener listener : open) {
            listener.legacy().filter(rules -> !listener.isClosing()).ifPresent(rules -> look(listener, rules));
        }
    }

    private void look(SmtpListener listener, LegacyRules rules) {
        if (isOver(rules)) {
            LOG.warn("listener {} for old devices is closed: its last day was {}", listener.name(), rules.until());
            listener.closeForGood();
            return;
        }
        long left = ChronoUnit.DAYS.between(today(), rules.until());
        if (left <= WARNED_DAYS && !today().equals(said.put(listener.name(), today()))) {
            LOG.warn(
                    "listener {} for old devices closes behind {}, in {} days; see to the devices that still need it",
                    listener.name(),
                    rules.until(),
                    left);
        }
    }
}
