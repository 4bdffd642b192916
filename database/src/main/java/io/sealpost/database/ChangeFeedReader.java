package io.sealpost.database;

import io.sealpost.database.DatabaseSql.ChangeRow;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells this node of every change, within a second or two of its commit.
 *
 * <p>Each second it reads every row of the last minute and tells those it has not seen: the order of {@code seq} is not the order of
 * the commits, so "all after the last one" would lose some. The minute is that of the server where this node's clock is ahead. What it tells may be older than the reader. Thread-safe; the listeners
 * are called by one thread.
 */
public final class ChangeFeedReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeedReader.class);
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration TRUST = Duration.ofSeconds(2);
    private static final Duration MEMORY = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofDays(1);

    private final Transactions transactions;
    private final Clock clock;
    private final LongSupplier ticker;
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
    /** The numbers of the rows that the latest read found. */
    private Set<Long> seen = Set.of();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "change-feed");
        made.setDaemon(true);
        return made;
    });
    /** When the latest read that succeeded was begun; far in the past before the first. */
    private volatile long readAt;

    /** Reads nothing yet; {@code ticker} counts nanoseconds and never goes back, as {@link System#nanoTime}. */
    public ChangeFeedReader(Transactions transactions, Clock clock, LongSupplier ticker) {
        this.transactions = transactions;
        this.clock = clock;
        this.ticker = ticker;
        this.readAt = ticker.getAsLong() - Duration.ofDays(1).toNanos();
    }

    /** Tells {@code listener} of what is read from now on. */
    public void listen(ChangeListener listener) {
        listeners.add(listener);
    }

    /** Starts the thread that reads each second, and prunes what is older than a day each hour. */
    public void start() {
        thread.scheduleWithFixedDelay(this::readQuietly, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(this::pruneQuietly, 10, 3_600, TimeUnit.SECONDS);
    }

    /** Whether caches may be believed: false when the feed could not be read for two seconds. */
    public boolean trusted() {
        return sinceRead() <= TRUST.toNanos();
    }

    /** Reads once, now, and tells the listeners; throws {@link StoreUnavailable} when the database is away. */
    public synchronized void read() {
        long begun = ticker.getAsLong();
        LocalDateTime since = SqlTimes.toSql(clock.instant().minus(WINDOW));
        List<ChangeRow> rows = transactions.read(handle -> DatabaseSql.changesSince(handle, since));
        if (begun - readAt > MEMORY.toNanos()) {
            tell(ChangeListener::dropAll);
        }
        for (ChangeRow row : rows) {
            if (!seen.contains(row.seq())) {
                change(row).ifPresent(change -> tell(listener -> listener.changed(change)));
            }
        }
        seen = rows.stream().map(ChangeRow::seq).collect(Collectors.toSet());
        readAt = begun;
    }

    private long sinceRead() {
        return ticker.getAsLong() - readAt;
    }

    /** Empty for a kind that only a newer release knows. */
    private static Optional<Change> change(ChangeRow row) {
        return Arrays.stream(ChangeKind.values())
                .filter(kind -> kind.name().equals(row.kind()))
                .map(kind -> new Change(kind, row.subject(), SqlTimes.fromSql(row.at())))
                .findFirst();
    }

    private interface Telling {
        void to(ChangeListener listener);
    }

    private void tell(Telling telling) {
        for (ChangeListener listener : listeners) {
            try {
                telling.to(listener);
            } catch (RuntimeException bug) {
                LOG.error("a listener of the change feed failed", bug);
            }
        }
    }

    private void readQuietly() {
        try {
            read();
        } catch (StoreUnavailable away) {
            LOG.debug("the change feed cannot be read", away);
        } catch (RuntimeException bug) {
            LOG.error("reading the change feed failed", bug); // The next second is another chance.
        }
    }

    private void pruneQuietly() {
        try {
            while (prune() > 0) {
                LOG.debug("pruned the change feed");
            }
        } catch (RuntimeException failure) {
            LOG.warn("pruning the change feed failed", failure);
        }
    }

    /** Removes changes older than a day, at most a thousand; returns how many. */
    int prune() {
        LocalDateTime before = SqlTimes.toSql(clock.instant().minus(KEPT));
        List<Long> old = transactions.read(handle -> DatabaseSql.oldChanges(handle, before));
        if (!old.isEmpty()) {
            transactions.read(handle -> DatabaseSql.removeChanges(handle, old));
        }
        return old.size();
    }

    /** Stops reading; from two seconds later on, nothing is trusted. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
