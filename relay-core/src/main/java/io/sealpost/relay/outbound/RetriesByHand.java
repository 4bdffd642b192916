package io.sealpost.relay.outbound;

import io.sealpost.database.Change;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.ChangeListener;

/** Hears that somebody wants mail tried now: then no site is left alone any more, since they may well know that it is back. Thread-safe. */
final class RetriesByHand implements ChangeListener {
    private final SiteLanes lanes;

    RetriesByHand(SiteLanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public void changed(Change change) {
        if (change.kind() == ChangeKind.QUEUE_RETRY) {
            lanes.endPauses();
        }
    }

    /** A call may have been missed; asking each site once more costs little. */
    @Override
    public void dropAll() {
        lanes.endPauses();
    }
}
