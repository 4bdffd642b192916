package io.sealpost.relay.outbound;

import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.relay.deliver.ConnectionFacts;
import io.sealpost.relay.deliver.DeliveryOutcome;

/**
 * A delivery and what its attempt brought.
 *
 * @param delivery under which lease, to whom
 * @param outcome what the replies mean
 * @param connection over what it was tried
 */
record Attempted(ClaimedDelivery delivery, DeliveryOutcome outcome, ConnectionFacts connection) {}
