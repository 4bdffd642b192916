package io.sealpost.queue;

import java.util.List;

/**
 * A message with those of its deliveries that one claim took.
 *
 * @param envelope what holds for all of them
 * @param signedPrefix as stored; made again where its keys went out of use
 * @param content read from the database when first opened, or still in memory after intake
 * @param deliveries at least one
 */
public record ClaimedMessage(
        MessageEnvelope envelope, SignedPrefix signedPrefix, Content content, List<ClaimedDelivery> deliveries) {
    /** Throws IllegalArgumentException without a delivery. */
    public ClaimedMessage {
        deliveries = List.copyOf(deliveries);
        if (deliveries.isEmpty()) {
            throw new IllegalArgumentException("a claim without a delivery");
        }
    }

    /** This with DKIM fields made anew. */
    public ClaimedMessage withSignedPrefix(SignedPrefix other) {
        return new ClaimedMessage(envelope, other, content, deliveries);
    }

    /** This with a part of its deliveries, as those of one site. */
    public ClaimedMessage withDeliveries(List<ClaimedDelivery> part) {
        return new ClaimedMessage(envelope, signedPrefix, content, part);
    }
}
