package io.sealpost.cli.wiring;

import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.NodeKeeper;
import io.sealpost.database.NodeNumber;
import io.sealpost.database.NodeWatch;
import io.sealpost.database.Nodes;
import io.sealpost.queue.QueueClaims;
import io.sealpost.relay.deliver.SmtpDelivery;
import io.sealpost.relay.outbound.OutboundService;
import io.sealpost.relay.smtp.SmtpListeners;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A relay put together: started once, drained or closed once. Not thread-safe. */
public final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private final ChangeFeedReader feed;
    private final NodeParts node;
    private final NodeKeeper keeper;
    private final QueueClaims claims;
    private final OutboundService outbound;
    private final SmtpDelivery delivery;
    private final SmtpListeners listeners;
    private final Upkeep upkeep;

    /** What makes this process a node. */
    record NodeParts(Nodes nodes, NodeNumber number, NodeWatch watch) {}

    Relay(
            ChangeFeedReader feed,
            NodeParts node,
            QueueClaims claims,
            OutboundService outbound,
            SmtpDelivery delivery,
            SmtpListeners listeners,
            Upkeep upkeep) {
        this.feed = feed;
        this.node = node;
        this.claims = claims;
        this.outbound = outbound;
        this.delivery = delivery;
        this.listeners = listeners;
        this.upkeep = upkeep;
        this.keeper = new NodeKeeper(node.nodes(), node.number(), node.watch(), this::lostNumber);
    }

    /**
     * Frees what an earlier incarnation of this node held, so that it is due at once; then delivers; then listens.
     *
     * @throws io.sealpost.relay.smtp.ListenerFault when a port cannot be had
     */
    public void start() {
        int freed = claims.freeLeasesOf(node.number().number());
        if (freed > 0) {
            LOG.info("took up {} deliveries that were under way when this node ended", freed);
        }
        keeper.start();
        feed.start();
        outbound.start();
        upkeep.start();
        listeners.start();
    }

    /** Where it listens, by the name of the listener; after {@link #start}. */
    public Map<String, InetSocketAddress> addresses() {
        return listeners.addresses();
    }

    /** Takes no new sessions, lets open transactions and attempts under way end, each within half of the time. */
    public void drain(Duration time) {
        Duration half = time.dividedBy(2);
        try {
            listeners.drain(half);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int left = outbound.drain(half);
        if (left > 0) {
            LOG.warn("{} deliveries were cut off; they are tried again", left);
        }
        closeRest();
    }

    /** Cuts sessions and attempts off: their mail is tried again. */
    @Override
    public void close() {
        listeners.close();
        outbound.drain(Duration.ZERO);
        closeRest();
    }

    private void closeRest() {
        listeners.close();
        upkeep.close();
        feed.close();
        keeper.close();
        delivery.close();
    }

    /** Another node has our number: what we lease is lost, and no id of ours is unique any more. */
    private void lostNumber() {
        LOG.error("this node lost its number in the database; it stops taking and delivering mail: start it again");
        listeners.close();
        outbound.drain(Duration.ZERO);
    }
}
