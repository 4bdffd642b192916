package io.sealpost.relay.deliver;

import io.sealpost.relay.route.Route;
import java.util.List;

/** Carries one message to one site, over a kept or a fresh connection. Thread-safe. */
public interface RemoteDelivery {
    /**
     * Tries the hosts in order until every recipient has an answer from one of them or none is left.
     *
     * @param transmission what goes over the wire
     * @param route where to
     * @param permit asked right before the final dot of a host's DATA; where it says no the connection is cut and the recipients
     *     are deferred
     * @return one attempt result a recipient, in the order of the transmission; never throws for what a host does
     */
    List<AttemptResult> attempt(Transmission transmission, Route.Hosts route, FinalDotPermit permit);

    /**
     * Says whether the leases still have enough time left to end the data (half of it), and whether the keys that signed are still
     * in use.
     */
    interface FinalDotPermit {
        /** Whether the final dot may be sent now. */
        boolean granted();
    }
}
