package io.sealpost.database;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Beats for one node and watches the others, on a thread of its own, while {@code serve} or a command that enqueues runs. */
public final class NodeKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeKeeper.class);

    private final Nodes nodes;
    private final NodeNumber node;
    private final NodeWatch watch;
    private final Runnable onLost;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "node-keeper");
        made.setDaemon(true);
        return made;
    });

    /** {@code onLost} runs, on the keeper's thread, once when another node took the number: this one must stop at once. */
    public NodeKeeper(Nodes nodes, NodeNumber node, NodeWatch watch, Runnable onLost) {
        this.nodes = nodes;
        this.node = node;
        this.watch = watch;
        this.onLost = onLost;
    }

    /** Starts the thread. */
    public void start() {
        thread.scheduleWithFixedDelay(this::turn, 0, watch.interval().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void turn() {
        try {
            if (!nodes.beat(node)) {
                thread.shutdown();
                LOG.error("node number {} was given to another node", node.number());
                onLost.run();
                return;
            }
            watch.observe();
        } catch (StoreUnavailable away) {
            LOG.debug("no heartbeat", away);
        } catch (RuntimeException bug) {
            LOG.error("the heartbeat failed", bug); // The next turn is another chance.
        }
    }

    /** Stops beating; the number stays this node's, for its next start. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
