package io.sealpost.relay.outbound;

import io.sealpost.keys.Keys;
import io.sealpost.queue.QueueClaims;
import io.sealpost.relay.bounce.Notices;
import io.sealpost.relay.deliver.RemoteDelivery;
import io.sealpost.relay.route.Router;
import io.sealpost.relay.signing.MessageSigning;
import java.util.Objects;

/**
 * Whom the outbound side works with.
 *
 * @param claims the queue
 * @param keys asked before each attempt
 * @param signing makes DKIM fields again
 * @param router finds hosts
 * @param remote speaks to them
 * @param notices writes to senders
 * @param suspensions what is not tried for a while
 */
public record OutboundPeers(
        QueueClaims claims,
        Keys keys,
        MessageSigning signing,
        Router router,
        RemoteDelivery remote,
        Notices notices,
        Suspensions suspensions) {
    /** Throws when one is null. */
    public OutboundPeers {
        Objects.requireNonNull(claims, "claims is null");
        Objects.requireNonNull(keys, "keys is null");
        Objects.requireNonNull(signing, "signing is null");
        Objects.requireNonNull(router, "router is null");
        Objects.requireNonNull(remote, "remote is null");
        Objects.requireNonNull(notices, "notices is null");
        Objects.requireNonNull(suspensions, "suspensions is null");
    }
}
