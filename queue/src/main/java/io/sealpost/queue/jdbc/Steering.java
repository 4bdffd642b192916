package io.sealpost.queue.jdbc;

import io.sealpost.database.Audit;
import io.sealpost.database.AuditEntry;
import io.sealpost.database.ChangeFeed;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.Transactions;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.Origin;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.jdbc.InspectionSql.Found;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/** What an administrator does to many deliveries: transactions of at most 500 rows, each with its rows in journal and change feed. */
final class Steering {
    private static final int SLICE = 500;

    private final Transactions transactions;
    private final Clock clock;
    private final LongSupplier ids;
    private final String actor;

    Steering(Transactions transactions, Clock clock, LongSupplier ids, String actor) {
        this.transactions = transactions;
        this.clock = clock;
        this.ids = ids;
        this.actor = actor;
    }

    /**
     * What is done.
     *
     * @param name for the journal
     * @param details more fields for the journal
     * @param kind for the change feed
     * @param states to which deliveries
     */
    record Act(String name, Map<String, Object> details, ChangeKind kind, List<DeliveryState> states) {}

    /** Changes rows by compare-and-set; the counts in their order. */
    interface Change {
        int[] apply(Handle handle, List<Found> rows, Instant now);
    }

    /** Works on a slice of rows; how many were changed. */
    interface SliceWork {
        int of(List<Found> rows);
    }

    /** Returns how many deliveries were changed. */
    int steer(QueueFilter filter, Act act, Change change) {
        return steer(filter, act, SLICE, rows -> apply(rows, filter, act, change));
    }

    /** The same by slices of another size and kind of work. */
    int steer(QueueFilter filter, Act act, int slice, SliceWork work) {
        int all = 0;
        List<Found> rows = matching(filter, act, 0, slice);
        while (!rows.isEmpty()) {
            all += work.of(rows);
            rows = matching(filter, act, rows.get(rows.size() - 1).id(), slice);
        }
        return all;
    }

    private List<Found> matching(QueueFilter filter, Act act, long after, int slice) {
        return transactions.read(handle -> InspectionSql.matching(handle, filter, act.states(), after, slice));
    }

    /** One transaction; its ids are made before it: to make the first one may take one of its own. */
    int apply(List<Found> rows, QueueFilter filter, Act act, Change change) {
        List<Long> journalIds =
                LongStream.generate(ids).limit(rows.size()).boxed().toList();
        return transactions.run(handle -> apply(handle, rows, new Order(filter, act, change), journalIds));
    }

    private record Order(QueueFilter filter, Act act, Change change) {}

    private int apply(Handle handle, List<Found> rows, Order order, List<Long> journalIds) {
        Instant now = clock.instant();
        int[] counts = order.change().apply(handle, rows, now);
        List<Found> changed = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (CompareAndSet.took(counts[i])) { // Else a node took it or gave it back meanwhile.
                changed.add(rows.get(i));
            }
        }
        if (!changed.isEmpty()) {
            record(handle, changed, order.act(), now, journalIds);
            audit(handle, order, changed.size(), now);
        }
        return changed.size();
    }

    private void record(Handle handle, List<Found> changed, Act act, Instant now, List<Long> journalIds) {
        Map<Long, List<Found>> byMessage =
                changed.stream().collect(Collectors.groupingBy(Found::message, TreeMap::new, Collectors.toList()));
        List<JournalEntry> journal = byMessage.entrySet().stream()
                .map(entry -> entry(new QueueId(entry.getKey()), entry.getValue(), act, now))
                .toList();
        JournalSql.insert(handle, journal, journalIds.subList(0, journal.size()));
        String subject = journal.size() == 1 ? journal.get(0).message().toString() : "";
        ChangeFeed.append(handle, act.kind(), subject, now);
    }

    /** One row a transaction: what was done is never without it. */
    private void audit(Handle handle, Order order, int deliveries, Instant now) {
        Map<String, String> details = new LinkedHashMap<>();
        order.act().details().forEach((name, value) -> details.put(name, value.toString()));
        details.put("deliveries", Integer.toString(deliveries));
        String subject = SqlText.cut(order.filter().shown(), SqlText.AUDIT_SUBJECT);
        String action = "queue." + order.act().name();
        Audit.append(handle, new AuditEntry(Origin.OPERATOR, actor, action, subject, details, now));
    }

    private JournalEntry entry(QueueId message, List<Found> rows, Act act, Instant now) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("action", act.name());
        fields.put("actor", actor);
        fields.put("recipients", rows.stream().map(Found::recipient).toList());
        fields.putAll(act.details());
        return new JournalEntry(now, message, JournalEntry.Kind.ADMIN, fields);
    }
}
