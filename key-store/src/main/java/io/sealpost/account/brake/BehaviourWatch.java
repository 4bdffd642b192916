package io.sealpost.account.brake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.brake.BrakeSettings.Mode;
import io.sealpost.account.brake.BrakeStore.Origin;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gathers what accounts do, and judges those that did something: once a second, at most 200 of them, in turns. Thread-safe; {@link #turn}
 * is called by one thread.
 */
public final class BehaviourWatch {
    private static final int A_TURN = 200;
    private static final Duration ORPHANED = Duration.ofSeconds(30);
    private static final int MOST_NETWORKS = 100_000;

    private final BrakeStore store;
    private final Clock clock;
    private volatile BrakeSettings settings;
    private Map<Long, Noticed> noticed = new HashMap<>();
    private Set<Origin> logins = new HashSet<>();
    private Map<Origin, Long> recipients = new HashMap<>();
    private final Set<Long> toJudge = new LinkedHashSet<>();
    /** Noted within the last minutes: a device that logs in for each mail is one row in five minutes. */
    private final Cache<Origin, Boolean> noted = Caffeine.newBuilder()
            .maximumSize(MOST_NETWORKS)
            .expireAfterWrite(Duration.ofMinutes(5))
            .executor(Runnable::run)
            .build();

    /** The clock is the database's. */
    public BehaviourWatch(BrakeStore store, Clock clock, BrakeSettings settings) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
    }

    /** From now on these. */
    public void use(BrakeSettings changed) {
        settings = changed;
    }

    /** Whether mail of braked accounts is held. */
    public boolean holds() {
        return settings.mode() == Mode.HOLD;
    }

    /** A message was accepted. */
    public synchronized void accepted(AuthenticatedAccount account, int count) {
        notice(account.account(), new Noticed(1, count, 0));
        recipients.merge(origin(account), (long) count, Long::sum);
    }

    /** Recipients were refused, by us or by their hosts. */
    public synchronized void refused(long account, int count) {
        notice(account, new Noticed(0, 0, count));
    }

    private static Origin origin(AuthenticatedAccount account) {
        return new Origin(account.account(), ClientNetwork.of(account.origin().client()));
    }

    private void notice(long account, Noticed more) {
        noticed.merge(account, more, Noticed::plus);
        toJudge.add(account);
    }

    /** An account logged in. */
    public void loggedIn(AuthenticatedAccount account) {
        Origin origin = origin(account);
        if (noted.getIfPresent(origin) == null) {
            noted.put(origin, true);
            synchronized (this) {
                logins.add(origin);
                toJudge.add(account.account());
            }
        }
    }

    /**
     * Writes what was gathered, judges, and hands over whoever is to be told; what cannot be told is told by a later turn.
     *
     * @throws io.sealpost.database.StoreUnavailable when the database is away: nothing is lost
     */
    public void turn(Consumer<Suspect> tell) {
        write();
        if (settings.mode() == Mode.OFF) {
            forgetJudging();
            return;
        }
        for (long account : next()) {
            judge(account).ifPresent(suspect -> tell(suspect, tell));
        }
        store.untold(ORPHANED).forEach(suspect -> tell(suspect, tell));
    }

    private void write() {
        Map<Long, Noticed> days;
        Set<Origin> seen;
        Map<Origin, Long> sent;
        synchronized (this) {
            days = noticed;
            seen = logins;
            sent = recipients;
            noticed = new HashMap<>();
            logins = new HashSet<>();
            recipients = new HashMap<>();
        }
        try {
            store.addLogins(seen);
            seen = Set.of();
            store.addRecipients(sent);
            sent = Map.of();
            store.addDay(days);
            days = Map.of();
        } finally {
            putBack(days, seen, sent);
        }
    }

    private synchronized void putBack(Map<Long, Noticed> days, Set<Origin> seen, Map<Origin, Long> sent) {
        days.forEach((account, more) -> noticed.merge(account, more, Noticed::plus));
        logins.addAll(seen);
        sent.forEach((origin, count) -> recipients.merge(origin, count, Long::sum));
    }

    private synchronized List<Long> next() {
        List<Long> some = toJudge.stream().limit(A_TURN).toList();
        some.forEach(toJudge::remove);
        return new ArrayList<>(some);
    }

    private synchronized void forgetJudging() {
        toJudge.clear();
    }

    private Optional<Suspect> judge(long account) {
        return BrakeRules.judge(store.behaviour(account), settings)
                .flatMap(reason ->
                        settings.mode() == Mode.HOLD ? store.brake(account, reason) : store.warn(account, reason));
    }

    private void tell(Suspect suspect, Consumer<Suspect> tell) {
        boolean braked = suspect.mode() == Mode.HOLD;
        if (braked && !store.takeTelling(suspect.owner().account(), clock.instant())) {
            return;
        }
        try {
            tell.accept(suspect);
        } catch (RuntimeException failed) {
            if (braked) {
                store.untold(suspect.owner().account());
            }
            throw failed;
        }
    }
}
