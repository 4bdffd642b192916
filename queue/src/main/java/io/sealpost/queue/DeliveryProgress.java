package io.sealpost.queue;

import io.sealpost.mail.RemoteReply;
import java.util.Optional;

/**
 * What happened to a delivery so far.
 *
 * @param attempts ended attempts; 0 before the first one has ended
 * @param noticesSent delay notices already sent
 * @param lastReply of the last attempt; empty before the first one has ended
 */
public record DeliveryProgress(int attempts, int noticesSent, Optional<RemoteReply> lastReply) {
    /** Before the first attempt. */
    public static final DeliveryProgress FRESH = new DeliveryProgress(0, 0, Optional.empty());
}
