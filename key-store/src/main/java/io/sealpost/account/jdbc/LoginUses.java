package io.sealpost.account.jdbc;

import io.sealpost.account.DeviceAttempt;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginUse;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.database.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When credentials were last used. Logins only leave a note in memory; a thread of its own writes the notes, each credential's at most
 * once a turn. While the database is away they are kept, {@link #MAX_KEPT} of them at most. Started once and closed once, which writes
 * what is left. Thread-safe.
 */
public final class LoginUses implements AutoCloseable {
    /** How many credentials are kept in memory; of further ones nothing is written until the next turn. */
    public static final int MAX_KEPT = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(LoginUses.class);
    private static final int BATCH = 500;
    private static final Comparator<Map.Entry<LoginUseKey, LoginUse>> BY_KEY =
            Map.Entry.comparingByKey(Comparator.comparingLong(LoginUseKey::account)
                    .thenComparingLong(LoginUseKey::credential)
                    .thenComparing(LoginUseKey::outcome));

    private final Transactions transactions;
    private final Clock clock;
    private final Duration turn;
    private final Object lock = new Object();
    private Map<LoginUseKey, LoginUse> kept = new HashMap<>();
    private long dropped;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "login-uses");
        made.setDaemon(true);
        return made;
    });

    /** Writes once a {@code turn}, a minute in production. */
    public LoginUses(Transactions transactions, Clock clock, Duration turn) {
        this.transactions = transactions;
        this.clock = clock;
        this.turn = turn;
    }

    /** Begins to write. */
    public void start() {
        long millis = turn.toMillis();
        var unused = thread.scheduleWithFixedDelay(this::writeQuietly, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** How long a use may be unknown to other nodes. */
    Duration turn() {
        return turn;
    }

    void note(LoginUseKey key, LoginAttempt attempt) {
        note(
                key,
                new LoginUse(
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        attempt.client(),
                        attempt.listener(),
                        attempt.tls(),
                        attempt.helo(),
                        1));
    }

    void note(LoginUseKey key, DeviceAttempt attempt) {
        note(
                key,
                new LoginUse(
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        attempt.origin().client(),
                        attempt.origin().listener(),
                        attempt.tls(),
                        attempt.helo(),
                        1));
    }

    private void note(LoginUseKey key, LoginUse use) {
        synchronized (lock) {
            if (kept.size() < MAX_KEPT || kept.containsKey(key)) {
                kept.merge(key, use, LoginUses::later);
            } else {
                dropped++;
            }
        }
    }

    private static LoginUse later(LoginUse one, LoginUse other) {
        LoginUse last = other.at().isBefore(one.at()) ? one : other;
        return new LoginUse(
                last.at(), last.client(), last.listener(), last.tls(), last.helo(), one.times() + other.times());
    }

    /** Whether a use that is not written yet is noted here. */
    boolean knows(LoginUseKey key) {
        synchronized (lock) {
            return kept.containsKey(key);
        }
    }

    private void writeQuietly() {
        try {
            write();
        } catch (StoreUnavailable away) {
            LOG.debug("when credentials were last used is written later: the database is away", away);
        } catch (RuntimeException bug) {
            LOG.error("when credentials were last used cannot be written", bug);
        }
    }

    /** Writes what is kept; throws {@link StoreUnavailable} when the database is away, and keeps what is not written. */
    public void write() {
        List<Map.Entry<LoginUseKey, LoginUse>> uses = take();
        for (int from = 0; from < uses.size(); from += BATCH) {
            List<Map.Entry<LoginUseKey, LoginUse>> batch = uses.subList(from, Math.min(from + BATCH, uses.size()));
            try {
                transactions.run(handle -> {
                    LoginUseSql.add(handle, batch);
                    return null;
                });
            } catch (StoreUnavailable away) {
                uses.subList(from, uses.size()).forEach(each -> note(each.getKey(), each.getValue()));
                throw away;
            }
        }
    }

    private List<Map.Entry<LoginUseKey, LoginUse>> take() {
        Map<LoginUseKey, LoginUse> taken;
        synchronized (lock) {
            taken = kept;
            kept = new HashMap<>();
            if (dropped > 0) {
                LOG.warn("{} logins were not noted: more than {} credentials were used at once", dropped, MAX_KEPT);
                dropped = 0;
            }
        }
        List<Map.Entry<LoginUseKey, LoginUse>> sorted = new ArrayList<>(taken.entrySet());
        sorted.sort(BY_KEY);
        return sorted;
    }

    @Override
    public void close() {
        thread.shutdown();
        writeQuietly();
    }
}
