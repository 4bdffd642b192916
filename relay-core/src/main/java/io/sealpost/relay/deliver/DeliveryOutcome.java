package io.sealpost.relay.deliver;

import io.sealpost.mail.RemoteReply;

/** The three ends of an attempt for one recipient (Postfix: sent, deferred, bounced). Unknown trouble is {@link Deferred}. */
public sealed interface DeliveryOutcome {
    /** What the other side said, or we where it said nothing. */
    RemoteReply reply();

    /** The next hop took responsibility. */
    record Delivered(RemoteReply reply) implements DeliveryOutcome {}

    /**
     * To be tried again.
     *
     * @param reason what kind of trouble it was
     */
    record Deferred(RemoteReply reply, Reason reason) implements DeliveryOutcome {}

    /** A clear permanent answer. */
    record Bounced(RemoteReply reply, Reason reason) implements DeliveryOutcome {}

    /** Kinds of trouble, for schedules, statistics and plain words. */
    enum Reason {
        /** The recipient is not known, or the address is wrong. */
        UNKNOWN_RECIPIENT,
        /** The mailbox is full or locked. */
        MAILBOX,
        /** Refused by policy or reputation: us, not the recipient. */
        POLICY,
        /** Greylisted: comes through by itself. */
        GREYLISTED,
        /** Too much or too fast. */
        RATE,
        /** The content or its size was refused. */
        CONTENT,
        /** The host or the network cannot be reached, or broke off. */
        UNREACHABLE,
        /** TLS failed where it must not. */
        TLS,
        /** The DNS gave no usable answer. */
        DNS,
        /** A fault of our own. */
        INTERNAL,
        /** Anything else. */
        OTHER
    }
}
