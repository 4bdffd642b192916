package io.sealpost.account.limit.jdbc;

import io.sealpost.account.limit.Meter;
import io.sealpost.account.limit.SlotCount;
import io.sealpost.account.limit.UsageStore;
import io.sealpost.database.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The table {@code usage}: a row for each node, meter and slot. Thread-safe. */
public final class JdbcUsage implements UsageStore {
    private static final int AT_ONCE = 500;
    /** Longer than any window with its slots. */
    private static final Duration KEPT = Duration.ofDays(2);

    private final Transactions transactions;
    private final Clock clock;

    /** The clock is the database's. */
    public JdbcUsage(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public List<SlotCount> read(Collection<Meter> meters, Instant from) {
        List<String> subjects = meters.stream().map(Meter::subject).toList();
        List<SlotCount> rows = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i += AT_ONCE) {
            List<String> some = subjects.subList(i, Math.min(i + AT_ONCE, subjects.size()));
            rows.addAll(transactions.read(handle -> UsageSql.read(handle, some, from)));
        }
        return rows;
    }

    @Override
    public void write(List<SlotCount> rows) {
        // In the order of the key: two writers never wait for each other crosswise.
        List<SlotCount> ordered = rows.stream()
                .sorted(Comparator.comparing(SlotCount::subject).thenComparing(SlotCount::slot))
                .toList();
        for (int i = 0; i < ordered.size(); i += AT_ONCE) {
            List<SlotCount> some = ordered.subList(i, Math.min(i + AT_ONCE, ordered.size()));
            transactions.run(handle -> UsageSql.write(handle, some));
        }
    }

    @Override
    public boolean firstToWarn(Meter meter, Instant now) {
        long window = meter.window().toMillis();
        Instant begun = Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), window) * window);
        return transactions.run(handle -> UsageSql.mark(handle, "warned/" + meter.subject(), begun)) == 1;
    }

    @Override
    public int prune() {
        return transactions.read(
                handle -> UsageSql.prune(handle, clock.instant().minus(KEPT)));
    }
}
