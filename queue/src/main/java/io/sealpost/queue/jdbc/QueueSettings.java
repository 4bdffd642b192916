package io.sealpost.queue.jdbc;

import java.time.Duration;
import java.util.Objects;

/**
 * How a node works with the queue.
 *
 * @param node this node's number, 0 to 1023
 * @param lease how long a claim holds without being renewed
 * @param patience how long a submission or a settlement waits for its turn to be committed before it gives up
 */
public record QueueSettings(int node, Duration lease, Duration patience) {
    /** Leases of five minutes, a patience of thirty seconds. */
    public static QueueSettings ofNode(int node) {
        return new QueueSettings(node, Duration.ofMinutes(5), Duration.ofSeconds(30));
    }

    /** Throws when the node is out of its range or a time is not positive. */
    public QueueSettings {
        Objects.requireNonNull(lease, "lease is null");
        Objects.requireNonNull(patience, "patience is null");
        if (node < 0 || node > 1023 || lease.toMillis() < 1 || patience.toMillis() < 1) {
            throw new IllegalArgumentException("not the settings of a node: " + node + ", " + lease + ", " + patience);
        }
    }
}
