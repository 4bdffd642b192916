package io.sealpost.relay.smtp;

import java.time.Duration;

/**
 * A point of the monotonic clock by which something has to be over.
 *
 * @param nanoTime as {@link System#nanoTime()} gives it
 */
record Deadline(long nanoTime) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** What is left; zero or negative once it has passed. */
    Duration remaining() {
        return Duration.ofNanos(nanoTime - System.nanoTime());
    }

    boolean passed() {
        return nanoTime - System.nanoTime() <= 0;
    }

    Deadline earlier(Deadline other) {
        return nanoTime - other.nanoTime <= 0 ? this : other;
    }
}
