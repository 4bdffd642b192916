package io.sealpost.cli.wiring;

import io.sealpost.account.jdbc.LoginUses;
import io.sealpost.cli.config.Settings;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.NodeKeeper;
import io.sealpost.database.NodeNumber;
import io.sealpost.database.NodeWatch;
import io.sealpost.database.Nodes;
import io.sealpost.database.Pulse;
import io.sealpost.queue.QueueClaims;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
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
    private final LiveParts live;
    private final Upkeep upkeep;
    private final DelegationWatch delegations;
    private final ReloadCalls calls;
    private volatile Runnable onLost = () -> {};
    private RelaySettings settings;

    /** What makes this process a node, and what it notes of logins. */
    record NodeParts(Nodes nodes, NodeNumber number, NodeWatch watch, Pulse pulse, LoginUses uses) {}

    Relay(
            ChangeFeedReader feed,
            NodeParts node,
            QueueClaims claims,
            LiveParts live,
            RelaySettings settings,
            Upkeep upkeep,
            DelegationWatch delegations) {
        this.feed = feed;
        this.node = node;
        this.claims = claims;
        this.live = live;
        this.settings = settings;
        this.upkeep = upkeep;
        this.delegations = delegations;
        this.calls = new ReloadCalls(node.number().name());
        feed.listen(calls);
        this.keeper = new NodeKeeper(node.nodes(), node.number(), node.watch(), node.pulse(), this::lostNumber);
    }

    /**
     * Frees what an earlier incarnation of this node held, so that it is due at once; then listens; then delivers what waits, since a
     * start that fails for want of a port must not have begun attempts whose results it takes with it.
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
        live.makers().metering().start();
        live.listeners().start();
        live.outbound().start();
        upkeep.start();
        node.uses().start();
        delegations.start();
        live.certificates().start();
    }

    /** Where it listens, by the name of the listener; after {@link #start}. */
    public Map<String, InetSocketAddress> addresses() {
        return live.listeners().addresses();
    }

    /**
     * Takes what can be changed while serving; open sessions and attempts end with what they began with.
     *
     * @return the settings that differ and count from the next start only, by their names in the file
     * @throws io.sealpost.relay.smtp.tls.CertificateFault when the certificate cannot be used: all stays as it is
     */
    public synchronized List<String> reload(Settings wanted) {
        List<String> atRestart = RestartSettings.differing(settings.settings(), wanted);
        RelaySettings next = settings.with(RestartSettings.kept(settings.settings(), wanted));
        live.use(next);
        upkeep.use(next.settings().retention());
        settings = next;
        return atRestart;
    }

    /**
     * Runs {@code reload} whenever a command asks the nodes to read their settings again; on the change feed's thread, so it only takes
     * a note.
     */
    public void onReload(Runnable reload) {
        calls.tell(reload);
    }

    /** Runs {@code end} when this node has lost its number, and stands still: only another start helps. */
    public void onLost(Runnable end) {
        onLost = end;
        if (!isHealthy()) {
            end.run();
        }
    }

    /** Whether it can go on by itself; where not, only another start helps. */
    public boolean isHealthy() {
        return keeper.isHealthy();
    }

    /** Takes no new sessions, lets open transactions and attempts under way end, each within half of the time; an interrupt cuts it short. */
    public void drain(Duration time) {
        Duration half = time.dividedBy(2);
        int left;
        try {
            live.listeners().drain(half);
            left = live.outbound().drain(half);
        } catch (InterruptedException hurried) {
            left = live.outbound().drain(Duration.ZERO);
        }
        if (Thread.interrupted()) { // Later than the sessions; what follows is not to be interrupted.
            LOG.info("hurried while attempts were ending");
        }
        if (left > 0) {
            LOG.warn("{} deliveries were cut off; they are tried again", left);
        }
        closeRest();
    }

    /** Cuts sessions and attempts off: their mail is tried again. */
    @Override
    public void close() {
        live.listeners().close();
        live.outbound().drain(Duration.ZERO);
        closeRest();
    }

    private void closeRest() {
        live.listeners().close();
        live.certificates().close();
        upkeep.close();
        node.uses().close();
        delegations.close();
        live.makers().metering().close();
        feed.close();
        keeper.close();
        live.delivery().close();
    }

    /** Another node has our number: what we lease is lost, and no id of ours is unique any more. */
    private void lostNumber() {
        LOG.error("this node lost its number in the database; it stops taking and delivering mail: start it again");
        live.listeners().close();
        live.outbound().drain(Duration.ZERO);
        onLost.run();
    }
}
