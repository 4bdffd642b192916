package io.sealpost.relay.smtp.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * From when to when a certificate holds, and when its end is worth a word: 30, 14, 7, 3 and 1 days before, but never in the first two
 * thirds of its life, when nobody has renewed it yet who does so in time.
 */
public record Lifetime(Instant begin, Instant end) {
    private static final List<Integer> DAYS = List.of(1, 3, 7, 14, 30);
    private static final int SHARE = 3;

    /** Of this certificate. */
    public static Lifetime of(X509Certificate certificate) {
        return new Lifetime(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** Whether it has not begun. */
    public boolean isBefore(Instant now) {
        return now.isBefore(begin);
    }

    /** Whether it is over. */
    public boolean isOver(Instant now) {
        return now.isAfter(end);
    }

    /** Until its end; negative behind it. */
    public Duration left(Instant now) {
        return Duration.between(now, end);
    }

    /** The smallest of those numbers of days that is not left any more; 0 when it is over; empty while there is time. */
    public Optional<Integer> warning(Instant now) {
        if (isOver(now)) {
            return Optional.of(0);
        }
        Duration left = left(now);
        boolean early = left.compareTo(Duration.between(begin, end).dividedBy(SHARE)) > 0;
        return early
                ? Optional.empty()
                : DAYS.stream()
                        .filter(days -> left.compareTo(Duration.ofDays(days)) <= 0)
                        .findFirst();
    }
}
