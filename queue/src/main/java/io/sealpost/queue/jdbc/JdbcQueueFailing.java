package io.sealpost.queue.jdbc;

import static io.sealpost.queue.DeliveryState.DEFERRED;
import static io.sealpost.queue.DeliveryState.HOLD;
import static io.sealpost.queue.DeliveryState.QUEUED;

import io.sealpost.database.ChangeKind;
import io.sealpost.database.TimeOrderedIds;
import io.sealpost.database.Transactions;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.QueueFailing;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.jdbc.InspectionSql.Found;
import io.sealpost.queue.jdbc.Steering.Act;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Notices are made before the transaction that ends the deliveries and inserts them. Was any of these taken meanwhile, all is rolled back
 * and made anew for the rest: no notice tells of a delivery that goes on. Thread-safe.
 */
public final class JdbcQueueFailing implements QueueFailing {
    private static final int SLICE = 100;

    private final Transactions transactions;
    private final MessageWriter writer;
    private final Steering steering;

    /** The clock is the database's; ids and settings are of the node number that the caller holds; {@code actor} is who gives up. */
    public JdbcQueueFailing(
            Transactions transactions, Clock clock, TimeOrderedIds ids, QueueSettings settings, String actor) {
        this.transactions = transactions;
        this.writer = new MessageWriter(clock, ids, settings);
        this.steering = new Steering(transactions, clock, ids::next, actor);
    }

    /** One of the deliveries is another's: all is rolled back. */
    private static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<Found> rows;

        Lost(List<Found> rows) {
            super("deliveries lost", null, false, false);
            this.rows = rows;
        }
    }

    @Override
    public int fail(QueueFilter filter, Optional<String> reason, FailureNotices notices) {
        Map<String, Object> details =
                reason.<Map<String, Object>>map(why -> Map.of("reason", why)).orElse(Map.of());
        Act act = new Act("fail", details, ChangeKind.QUEUE_END, List.of(QUEUED, DEFERRED, HOLD));
        Set<Long> made = new HashSet<>(); // The notices of this call, which a wide filter finds as well.
        return steering.steer(filter, act, SLICE, rows -> {
            List<Found> left =
                    rows.stream().filter(row -> !made.contains(row.message())).toList();
            while (!left.isEmpty()) {
                List<Found> now = left;
                List<Noticed> told = notices(now, reason, notices);
                List<Found> ended =
                        told.stream().flatMap(one -> one.rows().stream()).toList();
                try {
                    int count = steering.apply(ended, filter, act, (handle, all, at) -> end(handle, all, told));
                    told.stream()
                            .flatMap(one -> one.told().stream())
                            .forEach(
                                    one -> made.add(one.notice().envelope().id().value()));
                    return count;
                } catch (Lost lost) {
                    left = ended.stream()
                            .filter(row -> !lost.rows.contains(row))
                            .toList();
                }
            }
            return 0;
        });
    }

    /** The rows of one message, and what its sender is told. */
    private record Noticed(List<Found> rows, Optional<Told> told) {}

    private int[] end(Handle handle, List<Found> rows, List<Noticed> all) {
        int[] counts = InspectionSql.drop(handle, rows);
        List<Found> lost = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (!CompareAndSet.took(counts[i])) {
                lost.add(rows.get(i));
            }
        }
        if (!lost.isEmpty()) {
            throw new Lost(lost);
        }
        EndedMessages.remove(handle, rows.stream().map(Found::message).toList());
        List<Told> told = all.stream().flatMap(one -> one.told().stream()).toList();
        writer.write(handle, told.stream().map(one -> writer.plan(one.notice())).toList());
        told.forEach(one -> JournalSql.insert(handle, one.journal(), writer.journalIds(one.journal())));
        return counts;
    }

    /** Without those whose message went meanwhile: their deliveries have ended. */
    private List<Noticed> notices(List<Found> rows, Optional<String> reason, FailureNotices notices) {
        Map<Long, List<Found>> byMessage = rows.stream().collect(Collectors.groupingBy(Found::message));
        List<Rows.MessageRow> messages = transactions.read(handle -> ClaimSql.messages(handle, byMessage.keySet()));
        List<Noticed> all = new ArrayList<>();
        for (Rows.MessageRow message : messages) {
            List<Found> ofMessage = byMessage.get(message.envelope().id().value());
            List<FailedDelivery> failed = transactions.read(handle -> InspectionSql.failed(handle, ofMessage));
            if (failed.size() == ofMessage.size()) {
                noticed(message, failed, reason, notices).ifPresent(told -> all.add(new Noticed(ofMessage, told)));
            }
        }
        return all;
    }

    /** Empty when the message went while the notice was made. */
    private Optional<Optional<Told>> noticed(
            Rows.MessageRow message, List<FailedDelivery> failed, Optional<String> reason, FailureNotices notices) {
        QueueId id = message.envelope().id();
        StoredContent content = new StoredContent(transactions, id, message.size());
        try {
            return Optional.of(
                    notices.about(new FailedMail(message.envelope(), message.prefix(), content, failed, reason)));
        } catch (UncheckedIOException unreadable) {
            boolean gone = transactions
                    .read(handle -> ClaimSql.messages(handle, List.of(id.value())))
                    .isEmpty();
            if (gone) {
                return Optional.empty();
            }
            throw unreadable;
        }
    }
}
