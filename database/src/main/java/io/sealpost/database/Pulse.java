package io.sealpost.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether the other nodes have seen this one's heart beat of late, so that none of them can have taken it for dead. A process that was
 * stopped, or moved to another machine, and goes on finds here that it may have lost what it held. Thread-safe.
 *
 * <p>Time is what passed on the monotonic clock or on the wall, whichever is more: the first stands still while a machine sleeps.
 */
public final class Pulse {
    /** Of the time after which a node counts as dead: the rest is for what is begun at the last moment. */
    private static final double SURE = 0.75;
    /** After a gap the others must look again: they do so twenty times in that time. */
    private static final double SEEN_AGAIN = 0.1;

    private final Duration deadAfter;
    private final LongSupplier ticker;
    private final Clock machine;
    private final Clock database;
    private Moment last;
    private Moment unbroken;

    /** When a beat was begun. */
    record Moment(long tick, long wallMillis, Instant at) {}

    /**
     * Begins with the node's registration, which was a moment ago.
     *
     * @param deadAfter as of {@link NodeWatch}
     * @param ticker counts nanoseconds and never goes back, as {@link System#nanoTime}
     * @param machine the clock on the wall
     * @param database the clock that leases go by
     */
    public Pulse(Duration deadAfter, LongSupplier ticker, Clock machine, Clock database) {
        this.deadAfter = deadAfter;
        this.ticker = ticker;
        this.machine = machine;
        this.database = database;
        this.last = now();
        this.unbroken = null;
    }

    /** Asked before a beat, since the answer may come much later than it counts. */
    Moment now() {
        return new Moment(ticker.getAsLong(), machine.millis(), database.instant());
    }

    /** The database took the beat that was begun then. */
    synchronized void beat(Moment begun) {
        if (passed(last, begun) >= share(SURE)) {
            unbroken = begun;
        }
        last = begun;
    }

    /**
     * Since when no other node can have taken this one for dead, by the database's clock; {@link Instant#MIN} is always. Empty when one
     * may do so now.
     */
    public synchronized Optional<Instant> unbrokenSince() {
        Moment now = now();
        if (passed(last, now) >= share(SURE)) {
            return Optional.empty();
        }
        if (unbroken == null) {
            return Optional.of(Instant.MIN);
        }
        return passed(unbroken, now) >= share(SEEN_AGAIN) ? Optional.of(unbroken.at()) : Optional.empty();
    }

    private double share(double part) {
        return deadAfter.toMillis() * part;
    }

    private static long passed(Moment from, Moment to) {
        return Math.max((to.tick() - from.tick()) / 1_000_000, to.wallMillis() - from.wallMillis());
    }
}
