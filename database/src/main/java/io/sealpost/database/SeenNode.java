package io.sealpost.database;

import java.time.Instant;
import java.util.Objects;

/**
 * A node as its row shows it, for people: whether it is dead only {@link NodeWatch} can tell.
 *
 * @param number in ids and leases
 * @param name its lasting name
 * @param beatAt its last heartbeat, in the database's time
 */
public record SeenNode(int number, String name, Instant beatAt) {
    /** Throws when a part is null. */
    public SeenNode {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(beatAt, "beatAt is null");
    }
}
