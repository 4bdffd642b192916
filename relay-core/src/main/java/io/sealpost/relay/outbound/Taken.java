package io.sealpost.relay.outbound;

import java.time.Instant;

/**
 * How a message came into memory.
 *
 * @param at when it was claimed or stored
 */
record Taken(Instant at, Source source) {
    /** Where it came from. */
    enum Source {
        /** The listener. */
        FRESH,
        /** The queue. */
        CLAIMED
    }
}
