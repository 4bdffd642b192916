package io.sealpost.cli.wiring;

import io.sealpost.account.guessing.GuessTable;
import io.sealpost.database.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that tells the other nodes once a second what accounts sent, judges it, and clears away what counts no more. */
final class Metering implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Metering.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PRUNING = Duration.ofMinutes(1);
    private static final int SLICES = 200;

    private final SendingWatch sending;
    private final OwnerLetters letters;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "metering");
        made.setDaemon(true);
        return made;
    });

    Metering(SendingWatch sending, OwnerLetters letters) {
        this.sending = sending;
        this.letters = letters;
    }

    /** Counts and judges by other settings from the next message on. */
    void use(RelaySettings settings) {
        sending.use(settings);
        letters.use(settings);
    }

    void start() {
        thread.scheduleWithFixedDelay(this::turn, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(
                () -> quietly(this::prune), PRUNING.toMillis(), PRUNING.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void turn() {
        quietly(() -> sending.limits().exchange(letters::near));
        quietly(() -> sending.watch().turn(letters::suspect));
    }

    private void prune() {
        GuessTable.Counts counts = sending.guard().guesses().takeCounts();
        if (counts.failed() + counts.braked() > 0) {
            LOG.info("logins in the last minute: {} failed, {} braked", counts.failed(), counts.braked());
        }
        for (int slices = 1;
                sending.usage().prune() + sending.guard().brakes().prune() > 0 && slices < SLICES;
                slices++) {
            LOG.debug("pruned counts");
        }
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailable away) {
            LOG.debug("counts wait for the database", away);
        } catch (RuntimeException bug) {
            LOG.error("counting failed", bug); // The next turn is another chance.
        }
    }

    /** What was counted last is told the others on the way out, where the database is there. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (thread.awaitTermination(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                turn();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
    }
}
