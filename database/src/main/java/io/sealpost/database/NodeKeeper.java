package io.sealpost.database;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Beats for one node and watches the others, on a thread of its own, while {@code serve} or a command that enqueues runs. */
public final class NodeKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeKeeper.class);
    /** Longer than a turn takes whose statements all run into their time-outs. */
    private static final Duration STUCK = Duration.ofSeconds(90);

    private final Nodes nodes;
    private final NodeNumber node;
    private final NodeWatch watch;
    private final Pulse pulse;
    private final Runnable onLost;
    private volatile long turnedAt = System.nanoTime();
    private volatile boolean lost;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "node-keeper");
        made.setDaemon(true);
        return made;
    });

    /** {@code onLost} runs, on the keeper's thread, once when another node took the number: this one must stop at once. */
    public NodeKeeper(Nodes nodes, NodeNumber node, NodeWatch watch, Pulse pulse, Runnable onLost) {
        this.nodes = nodes;
        this.node = node;
        this.watch = watch;
        this.pulse = pulse;
        this.onLost = onLost;
    }

    /** Starts the thread. */
    public void start() {
        thread.scheduleWithFixedDelay(this::turn, 0, watch.interval().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void turn() {
        Pulse.Moment begun = pulse.now();
        try {
            if (!nodes.beat(node)) {
                thread.shutdown();
                lost = true;
                LOG.error("node number {} was given to another node", node.number());
                onLost.run();
                return;
            }
            pulse.beat(begun);
            watch.observe();
        } catch (StoreUnavailable away) {
            LOG.debug("no heartbeat", away);
        } catch (RuntimeException bug) {
            LOG.error("the heartbeat failed", bug); // The next turn is another chance.
        } finally {
            turnedAt = System.nanoTime();
        }
    }

    /**
     * Whether this node can go on by itself: its number is its own and the keeper's thread turns. A database that is away makes it no
     * less healthy; starting it again would not help.
     */
    public boolean isHealthy() {
        return !lost && System.nanoTime() - turnedAt < STUCK.toNanos();
    }

    /** Stops beating; the number stays this node's, for its next start. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
