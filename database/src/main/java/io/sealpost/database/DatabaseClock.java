package io.sealpost.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The time of the database, so that all nodes agree: the monotonic clock of this process plus an offset measured against the server
 * (every 10 s, by {@link Database}). UTC, in microseconds. Thread-safe.
 *
 * <p>Once asked, it never steps back. Where a measurement says that it is ahead, it runs at half speed until the truth has caught up. Before the
 * first measurement it shows the time of this machine.
 */
public final class DatabaseClock extends Clock {
    private static final int SAMPLES = 3;

    private final Transactions transactions;
    private final LongSupplier ticker;
    private volatile Line line;
    private volatile boolean asked;

    /** Both lines start at {@code start} (of the ticker): the true time, and the one shown while that is behind. In microseconds. */
    private record Line(long start, long trueMicros, long shownMicros) {
        long at(long tick) {
            long elapsed = Math.max(0, tick - start) / 1_000;
            return Math.max(trueMicros + elapsed, shownMicros + elapsed / 2);
        }
    }

    /** Starts with the time of {@code machine}; {@code ticker} counts nanoseconds and never goes back, as {@link System#nanoTime}. */
    public DatabaseClock(Transactions transactions, Clock machine, LongSupplier ticker) {
        this.transactions = transactions;
        this.ticker = ticker;
        long now = micros(machine.instant());
        this.line = new Line(ticker.getAsLong(), now, 0);
    }

    /** Asks the server for its time and follows it from now on; throws {@link StoreUnavailable} and goes on as before when it is away. */
    public void measure() {
        follow(transactions.read(handle -> {
            Sample best = sample(() -> DatabaseSql.serverTime(handle));
            for (int i = 1; i < SAMPLES; i++) {
                Sample next = sample(() -> DatabaseSql.serverTime(handle));
                best = next.roundTrip() < best.roundTrip() ? next : best;
            }
            return best;
        }));
    }

    /** The server's time as it was when half the round trip was over. */
    private record Sample(long tick, long roundTrip, long serverMicros) {}

    private interface ServerTime {
        LocalDateTime ask();
    }

    private Sample sample(ServerTime server) {
        long sent = ticker.getAsLong();
        long serverMicros = micros(SqlTimes.fromSql(server.ask()));
        long roundTrip = ticker.getAsLong() - sent;
        return new Sample(sent + roundTrip / 2, roundTrip, serverMicros);
    }

    private synchronized void follow(Sample sample) {
        long tick = ticker.getAsLong();
        long truth = sample.serverMicros() + (tick - sample.tick()) / 1_000;
        line = new Line(tick, truth, asked ? line.at(tick) : 0); // Nobody saw it ahead: it need not stay so for hours.
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plus(shown(), ChronoUnit.MICROS);
    }

    @Override
    public long millis() {
        return Math.floorDiv(shown(), 1_000L);
    }

    private long shown() {
        if (!asked) {
            beAsked();
        }
        return line.at(ticker.getAsLong());
    }

    /** Under the lock of {@link #follow}, which so either heeds it or has set the line that is read next. */
    private synchronized void beAsked() {
        asked = true;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** A fixed zone is part of the promise: returns this for UTC and throws UnsupportedOperationException for another. */
    @Override
    public Clock withZone(ZoneId zone) {
        if (zone.normalized().equals(ZoneOffset.UTC)) {
            return this;
        }
        throw new UnsupportedOperationException("the database's clock is in UTC");
    }

    private static long micros(Instant instant) {
        return Duration.between(Instant.EPOCH, instant).toNanos() / 1_000;
    }
}
