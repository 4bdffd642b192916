package io.sealpost.relay.intake;

import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Origin;
import java.util.Optional;

/** The outbound side's ear for mail that has just been stored: its first attempt is made from memory. Thread-safe. */
public interface FreshMail {
    /**
     * Asks for room in memory before the message is stored; empty when the budget, or this account's part of it, is spent or the node
     * drains, and the message then waits in the database for an ordinary claim.
     *
     * @param origin whose
     * @param bytes of prefix and content
     * @param recipients how many
     */
    Optional<Place> reserve(Origin origin, long bytes, int recipients);

    /** A message was stored that waits for an ordinary claim: look for it now. */
    void storedForClaim();

    /** Room for one message; exactly one of the two methods is called, once. */
    interface Place {
        /** The message is stored, its deliveries leased to this node. */
        void take(ClaimedMessage message);

        /** It was not stored, or not by this call. */
        void free();
    }
}
