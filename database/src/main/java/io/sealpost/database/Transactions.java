package io.sealpost.database;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work on the database, again when it lost a race. Thread-safe.
 *
 * <p>What may be run again is everything: the work must have no effect but its statements until it has returned. It must not call
 * the network, nor run another transaction. Both methods throw {@link StoreUnavailable} when the database is away or does not write,
 * and else whatever the work throws, rolled back.
 */
public final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int TRIES = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Jdbi jdbi;

    /** Works on connections of {@code source}, which must be in READ COMMITTED. */
    public Transactions(DataSource source) {
        this.jdbi = Jdbi.create(source);
    }

    /** For reading or writing tables whole: each call has a connection of its own, on which a statement may take its time. */
    public static Transactions forBackups(DatabaseSettings settings) {
        return new Transactions(MariaDbSource.forBackups(settings));
    }

    /** Statements that belong together; what it returns must not be bound to the handle. */
    public interface Work<T> {
        /** Runs the statements; may be called several times, each time in a fresh transaction. */
        T in(Handle handle);
    }

    /** Runs the work in one transaction (READ COMMITTED) and returns after the commit; {@link CommitUnknown} when its answer is lost. */
    public <T> T run(Work<T> work) {
        return repeat(handle -> inTransaction(handle, work));
    }

    /** Runs the work in autocommit: for listings, which must keep no snapshot open, and for single statements. */
    public <T> T read(Work<T> work) {
        return repeat(work);
    }

    private <T> T repeat(Work<T> work) {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try (Handle handle = jdbi.open()) {
                return work.in(handle);
            } catch (StoreUnavailable known) {
                throw known;
            } catch (RuntimeException failure) {
                switch (SqlTrouble.of(failure)) {
                    case RACE -> {
                        boolean spent = attempt == TRIES || System.nanoTime() - start > PATIENCE.toNanos();
                        if (spent) {
                            throw new StoreUnavailable("a transaction lost its race " + attempt + " times", failure);
                        }
                        LOG.debug("lost a race, attempt {}", attempt, failure);
                        pause(attempt);
                    }
                    case UNAVAILABLE -> throw unavailable(failure);
                    default -> throw failure;
                }
            }
        }
    }

    private static <T> T inTransaction(Handle handle, Work<T> work) {
        handle.begin();
        T result;
        try {
            result = work.in(handle);
        } catch (Throwable failure) {
            rollback(handle, failure);
            throw failure;
        }
        commit(handle);
        return result;
    }

    private static void commit(Handle handle) {
        try {
            handle.commit();
        } catch (RuntimeException failure) {
            rollback(handle, failure);
            if (SqlTrouble.of(failure) == SqlTrouble.RACE) {
                throw failure; // Galera's certification: surely not committed.
            }
            throw new CommitUnknown("the answer to COMMIT was lost", failure);
        }
    }

    /** A lock wait time-out ends only the statement, so the rest must be taken back by name. */
    private static void rollback(Handle handle, Throwable failure) {
        try {
            handle.rollback();
        } catch (RuntimeException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    private static void pause(int attempt) {
        long longest = Math.min(200, 4L << Math.min(attempt, 6));
        LockSupport.parkNanos(Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, longest + 1))
                .toNanos());
    }

    private static StoreUnavailable unavailable(RuntimeException failure) {
        return new StoreUnavailable("the database is not available: " + SqlTrouble.reason(failure), failure);
    }
}
