package io.sealpost.queue.jdbc;

import io.sealpost.database.Audit;
import io.sealpost.database.AuditEntry;
import io.sealpost.database.ChangeFeed;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.Transactions;
import io.sealpost.queue.Origin;
import io.sealpost.queue.QueueInspection;
import io.sealpost.queue.QueueSuspensions;
import io.sealpost.queue.Suspended;
import io.sealpost.queue.Suspension;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The suspension changes first, then what it had put off is brought back. A node that has not heard of it yet may put some off once
 * more; it brings them back itself when it hears. Thread-safe.
 */
public final class JdbcQueueSuspensions implements QueueSuspensions {
    private final Transactions transactions;
    private final Clock clock;
    private final String actor;
    private final JdbcDeliveryMemory memory;

    /** The clock is the database's; {@code actor} is who suspends, for the audit. */
    public JdbcQueueSuspensions(Transactions transactions, Clock clock, String actor) {
        this.transactions = transactions;
        this.clock = clock;
        this.actor = actor;
        this.memory = new JdbcDeliveryMemory(transactions, clock);
    }

    @Override
    public Optional<Suspension> suspend(Suspended what, Duration time, Optional<String> reason) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("not a time to suspend for: " + time);
        }
        Instant now = now();
        String why = SqlText.cut(reason.orElse(""), SqlText.HOLD_REASON);
        Suspension wanted = new Suspension(what, now, now.plus(time), actor, why);
        Optional<Suspension> before = transactions.run(handle -> SuspensionSql.one(handle, what));
        boolean done = transactions.run(handle -> put(handle, wanted));
        before.filter(old -> done && old.ends().isAfter(wanted.ends())).ifPresent(memory::bringAllBack);
        return done ? Optional.of(wanted) : Optional.empty();
    }

    private boolean put(Handle handle, Suspension wanted) {
        SuspensionSql.deleteEnded(handle, wanted.since());
        boolean full = SuspensionSql.all(handle, wanted.since()).size() >= MOST;
        if (full && SuspensionSql.one(handle, wanted.what()).isEmpty()) {
            return false;
        }
        SuspensionSql.put(handle, wanted);
        Map<String, String> details = new LinkedHashMap<>();
        details.put("until", wanted.ends().toString());
        record(handle, "queue.suspend", wanted.what(), details, wanted.reason());
        return true;
    }

    @Override
    public Optional<Integer> resume(Suspended what, Optional<String> reason) {
        Optional<Suspension> ended = transactions.run(handle -> {
            Optional<Suspension> found = SuspensionSql.one(handle, what).filter(suspension -> suspension.counts(now()));
            if (found.isPresent()) {
                SuspensionSql.delete(handle, what);
                record(handle, "queue.resume", what, new LinkedHashMap<>(), reason.orElse(""));
            }
            return found;
        });
        return ended.map(memory::bringAllBack);
    }

    @Override
    public List<Suspension> list() {
        return memory.suspensions();
    }

    @Override
    public long waiting(Suspension suspension) {
        return transactions.read(handle -> SuspensionSql.count(handle, suspension, QueueInspection.MOST_COUNTED));
    }

    private void record(Handle handle, String action, Suspended what, Map<String, String> details, String reason) {
        if (!reason.isEmpty()) {
            details.put("reason", reason);
        }
        Instant now = now();
        String subject = what.kind() + " " + what.name();
        Audit.append(
                handle,
                new AuditEntry(
                        Origin.OPERATOR, actor, action, SqlText.cut(subject, SqlText.AUDIT_SUBJECT), details, now));
        ChangeFeed.append(handle, ChangeKind.SUSPENSION, SqlText.cut(what.name(), SqlText.AUDIT_SUBJECT), now);
    }

    /** In microseconds, as the columns keep it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
