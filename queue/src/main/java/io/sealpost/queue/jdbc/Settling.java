package io.sealpost.queue.jdbc;

import io.sealpost.database.Transactions;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.DeliveryResult.Deferred;
import io.sealpost.queue.DeliveryResult.Ended;
import io.sealpost.queue.DeliveryResult.Held;
import io.sealpost.queue.DeliveryResult.PutOff;
import io.sealpost.queue.Lease;
import io.sealpost.queue.SettleResult;
import io.sealpost.queue.SettleResult.LeaseLost;
import io.sealpost.queue.SettleResult.Settled;
import io.sealpost.queue.Settlement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Writes settlements: compare-and-set of the rows, the notice, the journal, in one transaction. Thread-safe.
 *
 * <p>A batch in which any lease is lost is rolled back whole, and its settlements are run alone; of a single one nothing is written
 * then. After a lost answer to COMMIT the rows are found gone, too: the journal's ids, made beforehand, tell that it was this very
 * settlement that took them.
 */
final class Settling implements GroupCommit.Work<Settling.Planned, SettleResult> {
    private static final long ROWS = 2048;

    private final Transactions transactions;
    private final MessageWriter writer;
    private final int node;

    Settling(Transactions transactions, MessageWriter writer, int node) {
        this.transactions = transactions;
        this.writer = writer;
        this.node = node;
    }

    /** A settlement with the ids that its new rows get. */
    record Planned(Settlement settlement, List<Long> journalIds, Optional<MessageWriter.Planned> notice) {
        boolean isInJournal(Handle handle) {
            return JournalSql.contains(handle, settlement.journal(), journalIds);
        }
    }

    /** Leases were lost: the transaction is rolled back. */
    private static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<Lease> leases;

        Lost(List<Lease> leases) {
            super("leases lost", null, false, false);
            this.leases = leases;
        }
    }

    Planned plan(Settlement settlement) {
        return new Planned(
                settlement,
                writer.journalIds(settlement.journal()),
                settlement.notice().map(writer::plan));
    }

    @Override
    public List<SettleResult> commit(List<Planned> batch) {
        transactions.run(handle -> {
            write(handle, batch);
            return null;
        });
        return Collections.nCopies(batch.size(), new Settled());
    }

    /** The journal is asked last: the compare-and-set has waited until an old session with the same rows was through. */
    @Override
    public SettleResult commitAlone(Planned planned) {
        try {
            return commit(List.of(planned)).get(0);
        } catch (Lost lost) {
            return transactions.read(planned::isInJournal) ? new Settled() : new LeaseLost(lost.leases);
        }
    }

    @Override
    public long weight(Planned planned) {
        return ROWS * planned.settlement().results().size()
                + planned.notice()
                        .map(notice -> notice.message().content().size())
                        .orElse(0L);
    }

    private void write(Handle handle, List<Planned> batch) {
        List<DeliveryResult> results = batch.stream()
                .flatMap(planned -> planned.settlement().results().stream())
                .sorted(Comparator.comparing(result -> result.lease().delivery())) // One order: fewer deadlocks.
                .toList();
        List<Ended> ended = only(results, Ended.class);
        compareAndSet(handle, results, ended);
        EndedMessages.remove(
                handle,
                ended.stream().map(result -> result.lease().message().value()).toList());
        writer.write(
                handle,
                batch.stream().flatMap(planned -> planned.notice().stream()).toList());
        JournalSql.insert(
                handle,
                flat(batch, planned -> planned.settlement().journal().stream()),
                flat(batch, planned -> planned.journalIds().stream()));
    }

    private void compareAndSet(Handle handle, List<DeliveryResult> results, List<Ended> ended) {
        List<Lease> lost = new ArrayList<>();
        addLost(lost, ended, SettleSql.end(handle, ended, node));
        List<Deferred> deferred = only(results, Deferred.class);
        addLost(lost, deferred, SettleSql.defer(handle, deferred, node));
        List<Held> held = only(results, Held.class);
        addLost(lost, held, SettleSql.hold(handle, held, node));
        List<PutOff> putOff = only(results, PutOff.class);
        addLost(lost, putOff, SettleSql.putOff(handle, putOff, node));
        if (!lost.isEmpty()) {
            throw new Lost(lost);
        }
    }

    private static void addLost(List<Lease> lost, List<? extends DeliveryResult> results, int[] counts) {
        for (int i = 0; i < results.size(); i++) {
            if (!CompareAndSet.took(counts[i])) {
                lost.add(results.get(i).lease());
            }
        }
    }

    private static <R extends DeliveryResult> List<R> only(List<DeliveryResult> results, Class<R> kind) {
        return results.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static <V> List<V> flat(List<Planned> batch, Function<Planned, Stream<V>> part) {
        return batch.stream().flatMap(part).toList();
    }
}
