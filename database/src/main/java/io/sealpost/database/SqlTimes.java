package io.sealpost.database;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Times as they stand in the database: UTC, in {@code DATETIME(6)}.
 *
 * <p>Never bind an {@link Instant}: the driver would store it in the zone of this process, and two instants of the hour that autumn
 * repeats would become equal.
 */
public final class SqlTimes {
    private SqlTimes() {}

    /** The value to bind for {@code instant}, cut to microseconds as the column would cut it. */
    public static LocalDateTime toSql(Instant instant) {
        return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    /** The instant that a {@code DATETIME(6)} read as {@link LocalDateTime} means. */
    public static Instant fromSql(LocalDateTime column) {
        return column.toInstant(ZoneOffset.UTC);
    }
}
