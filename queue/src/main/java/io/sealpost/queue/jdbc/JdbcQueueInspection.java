package io.sealpost.queue.jdbc;

import static io.sealpost.queue.DeliveryState.ACTIVE;
import static io.sealpost.queue.DeliveryState.DEFERRED;
import static io.sealpost.queue.DeliveryState.HOLD;
import static io.sealpost.queue.DeliveryState.QUEUED;

import io.sealpost.database.ChangeKind;
import io.sealpost.database.Transactions;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.JournalTail;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueInspection;
import io.sealpost.queue.QueuePosition;
import io.sealpost.queue.QueueRow;
import io.sealpost.queue.WaitingMessage;
import io.sealpost.queue.jdbc.Steering.Act;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Listings in autocommit; what is steered, {@link Steering} does. Thread-safe. */
public final class JdbcQueueInspection implements QueueInspection {
    private static final int ALL_OF_ONE = 100_000;

    /** Nodes read the change feed each second. One that claims before it has heard would put off what goes to a site in its pause. */
    private static final Duration HEARD = Duration.ofSeconds(2);

    private final Transactions transactions;
    private final Clock clock;
    private final Steering steering;

    /** The clock is the database's; {@code ids} are unique, asked for by what steers only; {@code actor} is who steers, for the journal. */
    public JdbcQueueInspection(Transactions transactions, Clock clock, LongSupplier ids, String actor) {
        this.transactions = transactions;
        this.clock = clock;
        this.steering = new Steering(transactions, clock, ids, actor);
    }

    @Override
    public List<QueueRow> list(QueueFilter filter, Optional<QueuePosition> after, int limit) {
        return transactions.read(handle -> InspectionSql.list(handle, filter, after, limit));
    }

    @Override
    public long count(QueueFilter filter) {
        return transactions.read(handle -> InspectionSql.count(handle, filter, MOST_COUNTED));
    }

    @Override
    public Optional<WaitingMessage> show(QueueId message) {
        List<QueueRow> rows = list(QueueFilter.of(message), ALL_OF_ONE);
        return transactions.read(handle -> ClaimSql.messages(handle, List.of(message.value()))).stream()
                .filter(row -> !rows.isEmpty())
                .map(row -> new WaitingMessage(
                        row.envelope(), row.prefix(), new StoredContent(transactions, message, row.size()), rows))
                .findFirst();
    }

    @Override
    public int hold(QueueFilter filter, String reason) {
        Act act = new Act("hold", Map.of("reason", reason), ChangeKind.QUEUE_HOLD, List.of(QUEUED, ACTIVE, DEFERRED));
        return steering.steer(filter, act, (handle, rows, now) -> InspectionSql.hold(handle, rows, reason));
    }

    @Override
    public int release(QueueFilter filter, Optional<String> reason) {
        Act act = new Act("release", why(reason), ChangeKind.QUEUE_RELEASE, List.of(HOLD, ACTIVE));
        return steering.steer(filter, act, (handle, rows, now) -> InspectionSql.release(handle, rows));
    }

    @Override
    public int retry(QueueFilter filter, Optional<String> reason) {
        Act act = new Act("retry", why(reason), ChangeKind.QUEUE_RETRY, List.of(QUEUED, DEFERRED));
        return steering.steer(filter, act, (handle, rows, now) -> InspectionSql.retry(handle, rows, now.plus(HEARD)));
    }

    @Override
    public int drop(QueueFilter filter, Optional<String> reason) {
        Act act = new Act("drop", why(reason), ChangeKind.QUEUE_END, List.of(QUEUED, DEFERRED, HOLD));
        return steering.steer(filter, act, (handle, rows, now) -> {
            int[] counts = InspectionSql.drop(handle, rows);
            EndedMessages.remove(
                    handle, rows.stream().map(InspectionSql.Found::message).toList());
            return counts;
        });
    }

    private static Map<String, Object> why(Optional<String> reason) {
        return reason.<Map<String, Object>>map(text -> Map.of("reason", text)).orElse(Map.of());
    }

    @Override
    public List<JournalEntry> trace(QueueId message) {
        return transactions.read(handle -> JournalSql.trace(handle, message));
    }

    @Override
    public JournalTail follow(QueueId message) {
        return new JdbcJournalTail(transactions, Optional.of(message), Instant.EPOCH);
    }

    @Override
    public JournalTail followAll() {
        return new JdbcJournalTail(transactions, Optional.empty(), clock.instant());
    }
}
