package io.sealpost.cli.wiring;

import io.sealpost.cli.config.Settings;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.queue.QueueMaintenance;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that keeps the queue's tables small: a slice a minute, more while there is more to do. */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final int SLICE = 1000;
    /** Some 3,000 rows a second, more than a relay can write. */
    private static final int SLICES_A_TURN = 200;

    private final QueueMaintenance maintenance;
    private final ToIntFunction<Duration> audit;
    private volatile Settings.Retention retention;
    private boolean there; // Whether the database was, in the turn before; of the thread.
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "upkeep");
        made.setDaemon(true);
        return made;
    });

    /** {@code audit} removes a slice of entries older than that. */
    Upkeep(QueueMaintenance maintenance, ToIntFunction<Duration> audit, Settings.Retention retention) {
        this.maintenance = maintenance;
        this.audit = audit;
        this.retention = retention;
    }

    /** Keeps rows for other times from the next turn on. */
    void use(Settings.Retention wanted) {
        retention = wanted;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::turn, INTERVAL.toSeconds(), INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    /** One look after all of them. */
    void turn() {
        boolean wasThere = there;
        there = false;
        try {
            if (wasThere) { // After an outage every node first writes what it kept, and renews what it works on.
                maintenance.freeExpired(GRACE);
            }
            maintenance.sweepEnded();
            there = true;
            prune(() -> maintenance.pruneJournal(retention.journal()));
            prune(() -> audit.applyAsInt(retention.audit()));
        } catch (StoreUnavailable away) {
            LOG.debug("no upkeep while the database is away", away);
        } catch (RuntimeException bug) {
            LOG.error("upkeep failed", bug); // The next turn is another chance.
        }
    }

    private static void prune(IntSupplier slice) {
        int slices = 1;
        while (slice.getAsInt() == SLICE && slices < SLICES_A_TURN) {
            slices++;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
