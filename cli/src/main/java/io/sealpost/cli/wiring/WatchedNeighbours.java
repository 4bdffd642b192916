package io.sealpost.cli.wiring;

import io.sealpost.database.NodeWatch;
import io.sealpost.database.Pulse;
import io.sealpost.relay.outbound.Neighbours;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The nodes as the heartbeat watch sees them, for the outbound side. Thread-safe. */
record WatchedNeighbours(int self, NodeWatch watch, Pulse pulse) implements Neighbours {
    @Override
    public Set<Integer> live() {
        return watch.liveNodes();
    }

    @Override
    public Set<Integer> dead() {
        return watch.deadNodes();
    }

    @Override
    public Optional<Instant> aliveSince() {
        return pulse.unbrokenSince();
    }
}
