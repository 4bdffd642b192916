package io.sealpost.relay.outbound;

import io.sealpost.relay.deliver.DeliveryOutcome;
import io.sealpost.relay.outbound.SiteNews.Unreached;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a site: how many attempts it may have at a time, more as it goes well, and how long it is left alone after it could
 * not be reached. Not thread-safe.
 */
final class SiteState {
    private static final int START = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    private final int most;
    private int allowed;
    private int successes;
    private int failures; // In a row.
    private int troubles; // In all.
    private Instant aloneUntil = Instant.MIN;
    private Optional<DeliveryOutcome> trouble = Optional.empty();

    /** {@code most}: attempts at a time, however well it goes. */
    SiteState(int most) {
        this.most = most;
        this.allowed = Math.min(START, most);
    }

    /** Attempts at a time; a single one, to find out, after it could not be reached. */
    int width() {
        return failures > 0 ? 1 : allowed;
    }

    /** What was met, while the site is left alone. */
    Optional<DeliveryOutcome> troubleAt(Instant now) {
        return now.isBefore(aloneUntil) ? trouble : Optional.empty();
    }

    /** How many troubles the site has had, to be handed to {@link #failed} by an attempt that began now. */
    int troubles() {
        return troubles;
    }

    /** A host talked to us. */
    void reached() {
        if (failures > 0) {
            failures = 0;
            successes = 0;
            allowed = Math.min(START, most);
            endPause();
        }
        successes++;
        if (successes >= allowed && allowed < most) {
            allowed++;
            successes = 0;
        }
    }

    /** It may be asked again now; one attempt finds out. */
    void endPause() {
        aloneUntil = Instant.MIN;
        trouble = Optional.empty();
    }

    /**
     * No host could be talked to: the site is left alone, twice as long as the last time but not longer than the longest pause, nor
     * than until the message that found out is due again. Attempts that were under way together fail together: that is one trouble.
     */
    void failed(Unreached news, int troublesBefore, Instant now, Duration longestPause) {
        if (troublesBefore != troubles) {
            return;
        }
        troubles++;
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 20));
        failures++;
        Instant end = now.plus(doubled.compareTo(longestPause) < 0 ? doubled : longestPause);
        aloneUntil = news.dueAgain().filter(end::isAfter).orElse(end);
        trouble = Optional.of(news.outcome());
    }
}
