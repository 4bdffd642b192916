package io.sealpost.relay.outbound;

import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.relay.deliver.ConnectionFacts;

/**
 * What is written about one delivery, and whether its sender is told.
 *
 * @param delivery whose
 * @param result for the queue
 * @param tell what the sender is told
 * @param connection over what it was tried
 */
record Decided(ClaimedDelivery delivery, DeliveryResult result, Tell tell, ConnectionFacts connection) {
    /** What the sender is told about a delivery. */
    enum Tell {
        /** Nothing. */
        NOTHING,
        /** That it failed for good. */
        FAILED,
        /** That it is still tried. */
        DELAYED
    }

    /** Ended attempts, this one included; a hold is none, nor is what a suspension put off. */
    int attempts() {
        boolean untried = result instanceof DeliveryResult.Held || result instanceof DeliveryResult.PutOff;
        return delivery.progress().attempts() + (untried ? 0 : 1);
    }
}
