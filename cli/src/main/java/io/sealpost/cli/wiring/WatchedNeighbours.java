package io.sealpost.cli.wiring;

import io.sealpost.database.NodeWatch;
import io.sealpost.relay.outbound.Neighbours;
import java.util.Set;

/** The nodes as the heartbeat watch sees them, for the outbound side. Thread-safe. */
record WatchedNeighbours(int self, NodeWatch watch) implements Neighbours {
    @Override
    public Set<Integer> live() {
        return watch.liveNodes();
    }

    @Override
    public Set<Integer> dead() {
        return watch.deadNodes();
    }
}
