package io.sealpost.cli.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as screens show them: UTC to the second, and durations in their two largest units. */
public final class Times {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    /** {@code 2026-11-24 12:00:00Z}. */
    public static String shown(Instant at) {
        return SECONDS.format(at.truncatedTo(ChronoUnit.SECONDS));
    }

    /** {@code 3d 4h}, {@code 5m 10s}, {@code 12s}; negative ones are {@code 0s}. */
    public static String shown(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + "d " + time.toHoursPart() + "h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + "h " + time.toMinutesPart() + "m";
        }
        if (time.toMinutes() > 0) {
            return time.toMinutes() + "m " + time.toSecondsPart() + "s";
        }
        return Math.max(0, time.toSeconds()) + "s";
    }
}
