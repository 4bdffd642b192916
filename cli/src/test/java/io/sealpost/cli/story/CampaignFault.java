package io.sealpost.cli.story;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Something that was broken in a campaign.
 *
 * @param kind how
 * @param nodes whose processes were killed or stopped by it; none where only the database or the way to it was
 * @param from when it was broken: what was to be killed was dead, as {@link System#nanoTime}
 * @param to when all ran again
 */
record CampaignFault(Kind kind, Set<String> nodes, long from, long to) {
    /** Longer than a settlement waits for its commit on a busy machine. */
    private static final long UNDER_WAY = Duration.ofSeconds(5).toNanos();

    private static final long RETRIED = Duration.ofSeconds(3).toNanos();
    /** A thread that was stopped between its look at the lease and the write of the dot. */
    private static final long LATE_DOT = Duration.ofMillis(500).toNanos();

    /** How something is broken. */
    enum Kind {
        /** {@code kill -9} of a node. */
        KILL_NODE,
        /** {@code kill -9} of MariaDB. */
        KILL_DATABASE,
        /** {@code kill -9} of both nodes and MariaDB at once. */
        KILL_ALL,
        /** {@code kill -STOP} of a node for longer than others wait for its heartbeat. */
        PAUSE_NODE,
        /** All connections of a node to the database break, in the middle of whatever it is. */
        CUT_CONNECTIONS,
        /** The database has done what it was told, and its answers are lost. */
        LOSE_ANSWERS,
        /** A connection breaks before, during or after a statement. */
        CUT_STATEMENT,
        /** The disk under MariaDB is full for a while; then there is room, and MariaDB is started again. */
        FULL_DISK;

        boolean isKill() {
            return this == KILL_NODE || this == KILL_DATABASE || this == KILL_ALL;
        }
    }

    /**
     * Why nobody could know that a node delivered something then; empty when this fault does not explain it.
     *
     * @param databaseAway how long of the time between the database could not be written to
     */
    Optional<String> explains(String node, long deliveredAt, long databaseAway) {
        if (!nodes.contains(node)) {
            return Optional.empty();
        }
        if (deliveredAt <= from) {
            return from - deliveredAt - databaseAway < UNDER_WAY
                    ? Optional.of("under way at " + kind)
                    : Optional.empty();
        }
        boolean goesOn = kind == Kind.PAUSE_NODE && deliveredAt <= to + LATE_DOT;
        return goesOn ? Optional.of("sent after " + kind) : Optional.empty();
    }

    /** How long of this time the database was away because of this; what waits for a connection tries again after up to 3 s. */
    long databaseAway(long after, long before) {
        boolean away = kind != Kind.KILL_NODE && kind != Kind.PAUSE_NODE;
        return away ? Math.max(0, Math.min(to + RETRIED, before) - Math.max(from, after)) : 0;
    }
}
