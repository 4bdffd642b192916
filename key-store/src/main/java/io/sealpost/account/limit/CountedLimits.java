package io.sealpost.account.limit;

import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.limit.Admission.Admitted;
import io.sealpost.account.limit.Admission.Exhausted;
import io.sealpost.account.limit.UsageBook.Counted;
import io.sealpost.database.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The limits of the settings and of each account, counted on this node and read from the others. Exact on one node; what another
 * accepted is known some two seconds later. Thread-safe.
 */
public final class CountedLimits implements SendingLimits {
    /** Older knowledge of the other nodes is read again before it is relied on; who sends all the time is read by {@link #exchange}. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private static final int MOST_WARNINGS = 1000;

    private final UsageBook book;
    private final UsageStore store;
    private final LimitBounds bounds;
    private final Clock clock;
    private final Queue<NearLimit> near = new ConcurrentLinkedQueue<>();

    /**
     * Counts as this node.
     *
     * @param clock the database's
     * @param ticker counts nanoseconds, as {@link System#nanoTime}
     */
    public CountedLimits(int node, UsageStore store, LimitBounds bounds, Clock clock, LongSupplier ticker) {
        this.book = new UsageBook(node, ticker);
        this.store = store;
        this.bounds = bounds;
        this.clock = clock;
    }

    @Override
    public Admission begin(AuthenticatedAccount account) {
        List<Bound> messages = bounds.of(account, Metric.MESSAGES);
        List<Bound> recipients = bounds.of(account, Metric.RECIPIENTS);
        require(Stream.concat(messages.stream(), recipients.stream())
                .map(Bound::meter)
                .toList());
        Spending spending = new Spending(account, messages, recipients);
        return spending.message().<Admission>map(Exhausted::new).orElseGet(() -> new Admitted(spending));
    }

    private void require(List<Meter> meters) {
        read(book.staler(meters, FRESH));
    }

    private void read(List<Meter> meters) {
        Instant now = clock.instant();
        Map<Duration, List<Meter>> byWindow = meters.stream().collect(Collectors.groupingBy(Meter::window));
        byWindow.values().forEach(some -> {
            long ticks = book.ticks();
            Meter any = some.get(0);
            book.read(some, store.read(some, any.startOf(any.firstCounted(now))), ticks);
        });
    }

    /**
     * Writes what was counted, reads what the others did, and tells of limits that are near. Called about once a second by one thread.
     *
     * @throws StoreUnavailable when the database is away: nothing is lost, the next call writes it
     */
    public void exchange(Consumer<NearLimit> warning) {
        List<SlotCount> rows = book.takeDirty();
        try {
            store.write(rows);
        } catch (RuntimeException failed) {
            book.putBack(rows);
            throw failed;
        }
        read(book.usedWithin(FRESH));
        for (NearLimit one = near.poll(); one != null; one = near.poll()) {
            if (store.firstToWarn(one.bound().meter(), clock.instant())) {
                warning.accept(one);
            }
        }
        book.forgetIdle();
    }

    private final class Spending implements Allowance {
        private final AuthenticatedAccount account;
        private final List<Bound> messages;
        private final List<Bound> recipients;
        private final List<Counted> counted = new ArrayList<>();

        Spending(AuthenticatedAccount account, List<Bound> messages, List<Bound> recipients) {
            this.account = account;
            this.messages = messages;
            this.recipients = recipients;
        }

        Optional<OverLimit> message() {
            return book.add(messages, clock.instant(), bounds.over(), counted);
        }

        @Override
        public synchronized Optional<OverLimit> recipient() {
            require(recipients.stream().map(Bound::meter).toList());
            return book.add(recipients, clock.instant(), bounds.over(), counted);
        }

        @Override
        public void refused() {} // Counts against no limit.

        @Override
        public synchronized void spend() {
            counted.clear();
            Stream<Bound> owners = Stream.concat(messages.stream(), recipients.stream());
            book.near(owners.toList(), clock.instant()).stream()
                    .filter(bound -> near.size() < MOST_WARNINGS)
                    .forEach(bound -> near.add(new NearLimit(account, bound)));
        }

        @Override
        public synchronized void close() {
            book.giveBack(counted);
            counted.clear();
        }
    }
}
