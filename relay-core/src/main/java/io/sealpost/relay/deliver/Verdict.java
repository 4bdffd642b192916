package io.sealpost.relay.deliver;

/**
 * What one transaction meant for one recipient.
 *
 * @param outcome what it would end with now
 * @param next what may still be done about it in this attempt
 */
record Verdict(DeliveryOutcome outcome, Next next) {
    /** What may follow within the attempt. */
    enum Next {
        /** Nothing: it is delivered, refused for good, or must wait. */
        SETTLED,
        /** Another transaction over the same connection: the host had too many recipients in this one. */
        SAME_HOST,
        /** Another host of the route. */
        OTHER_HOST
    }

    static Verdict settled(DeliveryOutcome outcome) {
        return new Verdict(outcome, Next.SETTLED);
    }

    /** A deferral may be answered otherwise by the next host; the other ends are ends. */
    static Verdict of(DeliveryOutcome outcome) {
        return new Verdict(outcome, outcome instanceof DeliveryOutcome.Deferred ? Next.OTHER_HOST : Next.SETTLED);
    }

    boolean isSettled() {
        return next == Next.SETTLED;
    }
}
