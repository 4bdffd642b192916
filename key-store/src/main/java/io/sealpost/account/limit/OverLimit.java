package io.sealpost.account.limit;

import io.sealpost.account.limit.LimitSettings.WhenOver;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One more would be too many.
 *
 * @param bound which limit
 * @param opens when one more may be sent, as far as is known now
 * @param answer what the client hears
 */
public record OverLimit(Bound bound, Instant opens, WhenOver answer) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** For the client: the number, and when it opens. */
    public String sentence() {
        Meter meter = bound.meter();
        return meter.scope().words() + " may send " + (meter.metric() == Metric.MESSAGES ? "" : "to ") + bound.most()
                + " "
                + meter.metric().word() + " in " + words(meter.window()) + "; it may send again from "
                + TIME.format(opens)
                + " UTC on";
    }

    /** As {@code an hour}. */
    public static String words(Duration window) {
        return switch ((int) window.toSeconds()) {
            case 1 -> "a second";
            case 60 -> "a minute";
            case 3600 -> "an hour";
            case 86_400 -> "a day";
            default -> window.toSeconds() + " seconds";
        };
    }
}
