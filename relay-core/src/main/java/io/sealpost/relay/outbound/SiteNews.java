package io.sealpost.relay.outbound;

import io.sealpost.relay.deliver.DeliveryOutcome;
import java.time.Instant;
import java.util.Optional;

/** What an attempt says about the site itself. */
sealed interface SiteNews {
    /** A host talked to us. */
    record Reached() implements SiteNews {}

    /**
     * No host could be talked to.
     *
     * @param outcome what was met
     * @param dueAgain when the message that met it is due again; empty where it is not
     */
    record Unreached(DeliveryOutcome outcome, Optional<Instant> dueAgain) implements SiteNews {}

    /** Nothing: there was no attempt, or it broke off by a fault of our own. */
    record Unknown() implements SiteNews {}
}
