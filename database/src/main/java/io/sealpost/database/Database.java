package io.sealpost.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open database: a pool, its transactions and its clock. Thread-safe; one for each process. */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final Duration CLOCK_INTERVAL = Duration.ofSeconds(10);

    private final HikariDataSource pool;
    private final Transactions transactions;
    private final DatabaseClock clock;
    private final ServerGuard guard;
    private final ScheduledExecutorService clockThread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "database-clock");
        made.setDaemon(true);
        return made;
    });

    private Database(HikariDataSource pool, ServerGuard guard) {
        this.pool = pool;
        this.guard = guard;
        this.transactions = new Transactions(pool);
        this.clock = new DatabaseClock(transactions, Clock.systemUTC(), System::nanoTime);
    }

    /** Opens the pool, whether or not the server is there: it heals by itself. */
    public static Database open(DatabaseSettings settings) {
        return open(() -> settings);
    }

    /** The same with settings that are asked for at each new connection; the pool's size is that of now. */
    public static Database open(Supplier<DatabaseSettings> settings) {
        Database database = made(settings);
        database.measureQuietly();
        database.keepMeasuring();
        return database;
    }

    /** The same only where the server answers now; throws {@link StoreUnavailable} after three seconds when it does not. */
    public static Database reach(Supplier<DatabaseSettings> settings) {
        return reach(settings, Duration.ZERO);
    }

    /** The same, but a server that only is slow to answer is asked again for so long; one that refuses is not. */
    public static Database reach(Supplier<DatabaseSettings> settings, Duration patience) {
        Database database = made(settings);
        try {
            database.measurePatiently(System.nanoTime() + patience.toNanos());
        } catch (RuntimeException failed) {
            database.close();
            throw failed;
        }
        database.keepMeasuring();
        return database;
    }

    private void measurePatiently(long until) {
        while (true) {
            try {
                clock.measure();
                return;
            } catch (StoreUnavailable away) { // The pool has waited three seconds: no busy loop.
                if (!SqlTrouble.isSilence(away) || System.nanoTime() - until > 0) {
                    throw away;
                }
            }
        }
    }

    private static Database made(Supplier<DatabaseSettings> settings) {
        ServerGuard guard = new ServerGuard();
        HikariConfig pool =
                poolOf(MariaDbSource.forWork(settings, guard), settings.get().poolSize());
        return new Database(new HikariDataSource(pool), guard);
    }

    private void keepMeasuring() {
        clockThread.scheduleWithFixedDelay(
                this::measureQuietly, CLOCK_INTERVAL.toMillis(), CLOCK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static HikariConfig poolOf(MariaDbSource source, int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("database");
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(2, size));
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(Duration.ofSeconds(3).toMillis());
        config.setKeepaliveTime(Duration.ofSeconds(30).toMillis());
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new LeavesReadOnlyServers());
        return config;
    }

    /**
     * From now on whoever works here gets {@link StoreUnavailable} while the server would not keep what it acknowledges, as
     * {@link ServerChecks} has it: found out at each new connection, and for those that are open every ten seconds.
     */
    public void requireSafeServer() {
        guard.watch();
    }

    /** Runs work on this database. */
    public Transactions transactions() {
        return transactions;
    }

    /** The database's time. */
    public DatabaseClock clock() {
        return clock;
    }

    /** What the clock's thread does every ten seconds. */
    void measureQuietly() {
        try {
            clock.measure();
            if (!guard.isStillFit(transactions)) {
                pool.getHikariPoolMXBean()
                        .softEvictConnections(); // The guard lets no other in until the server is fit.
            }
        } catch (StoreUnavailable away) {
            LOG.debug("the database's time cannot be measured", away);
        } catch (RuntimeException bug) {
            LOG.error("measuring the database's time failed", bug);
        }
    }

    /** Closes the pool; work under way fails. */
    @Override
    public void close() {
        clockThread.shutdownNow();
        pool.close();
    }
}
