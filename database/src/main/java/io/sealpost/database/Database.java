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
    private final ScheduledExecutorService clockThread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "database-clock");
        made.setDaemon(true);
        return made;
    });

    private Database(HikariDataSource pool) {
        this.pool = pool;
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
        Database database = made(settings);
        try {
            database.clock.measure();
        } catch (RuntimeException failed) {
            database.close();
            throw failed;
        }
        database.keepMeasuring();
        return database;
    }

    private static Database made(Supplier<DatabaseSettings> settings) {
        return new Database(new HikariDataSource(
                poolOf(MariaDbSource.forWork(settings), settings.get().poolSize())));
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

    /** Runs work on this database. */
    public Transactions transactions() {
        return transactions;
    }

    /** The database's time. */
    public DatabaseClock clock() {
        return clock;
    }

    private void measureQuietly() {
        try {
            clock.measure();
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
