package io.sealpost.queue.jdbc;

import io.sealpost.database.Audit;
import io.sealpost.database.AuditEntry;
import io.sealpost.database.Transactions;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.Origin;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueInspection;
import io.sealpost.queue.QueueVerification;
import io.sealpost.queue.jdbc.VerificationSql.Damaged;
import io.sealpost.queue.jdbc.VerificationSql.Leases;
import io.sealpost.queue.jdbc.VerificationSql.Odd;
import io.sealpost.queue.jdbc.VerificationSql.Size;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;

/** Walks each table once by its key, in autocommit. What looks wrong is looked at again before it is told: mail moves meanwhile. */
public final class JdbcQueueVerification implements QueueVerification {
    private static final int SLICE = 1000;
    private static final long BYTES = 64 << 20;
    private static final Duration FAR = Duration.ofDays(366);
    private static final String ORPHAN = "its message is missing: there is nothing to send";

    private final Transactions transactions;
    private final Clock clock;
    private final QueueInspection inspection;
    private final String actor;

    /** The clock is the database's; {@code inspection} holds what is damaged; {@code actor} is who mends, for the audit. */
    public JdbcQueueVerification(Transactions transactions, Clock clock, QueueInspection inspection, String actor) {
        this.transactions = transactions;
        this.clock = clock;
        this.inspection = inspection;
        this.actor = actor;
    }

    @Override
    public void verify(Mode mode, Set<Integer> living, Listener listener) {
        Counted counted = new Counted(listener);
        if (mode == Mode.MEND) { // Before the first change: should the connection break later, this row is there.
            transactions.run(handle -> audit(handle, Map.of("step", "begin")));
        }
        leases(mode, living, counted);
        deliveries(mode, counted);
        messages(mode, counted);
        contents(mode, counted);
        if (mode == Mode.MEND && counted.found > 0) {
            transactions.run(handle -> audit(
                    handle, Map.of("found", Long.toString(counted.found), "mended", Long.toString(counted.mended))));
        }
    }

    private static final class Counted implements Listener {
        private final Listener listener;
        private long found;
        private long mended;

        Counted(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void found(Finding finding) {
            found++;
            mended += finding.mended() ? 1 : 0;
            listener.found(finding);
        }

        @Override
        public void progress(String rows, long count) {
            listener.progress(rows, count);
        }
    }

    private Map<String, String> audit(Handle handle, Map<String, String> details) {
        Audit.append(handle, new AuditEntry(Origin.OPERATOR, actor, "queue.mend", "all", details, clock.instant()));
        return details;
    }

    private void leases(Mode mode, Set<Integer> living, Listener listener) {
        for (Leases leases : transactions.read(VerificationSql::leases)) {
            if (!living.contains(leases.node())) {
                boolean mended = mode == Mode.MEND && freeAll(leases.node());
                String sentence = leases.count() + " deliveries are leased to it, and it gives no sign of life";
                listener.found(new Finding(Fault.LEASES_OF_THE_DEAD, "node " + leases.node(), sentence, mended));
            }
        }
    }

    private boolean freeAll(int node) {
        int freed;
        do {
            freed = transactions.read(
                    handle -> ClaimSql.free(handle, node, clock.instant().plus(FAR)));
        } while (freed > 0);
        return true;
    }

    private void deliveries(Mode mode, Listener listener) {
        walk(
                "deliveries",
                listener,
                VerificationSql::deliveries,
                id -> id,
                (slice, after) -> transactions
                        .read(handle -> VerificationSql.oddDeliveries(handle, after, last(slice)))
                        .forEach(odd -> odd(odd, mode, listener)));
    }

    /** Some rows of a table behind an id, in order of their ids. */
    private interface Slices<R> {
        List<R> behind(Handle handle, long after, int limit);
    }

    /** Looks at some rows, the first ones behind this id. */
    private interface Look<R> {
        void at(List<R> slice, long after);
    }

    /** A table from its first row to its last, a slice at a time. */
    private <R> void walk(String rows, Listener listener, Slices<R> slices, ToLongFunction<R> id, Look<R> look) {
        long after = -1;
        long seen = 0;
        List<R> slice;
        do {
            long from = after;
            slice = transactions.read(handle -> slices.behind(handle, from, SLICE));
            if (!slice.isEmpty()) {
                look.at(slice, from);
                after = id.applyAsLong(slice.get(slice.size() - 1));
            }
            seen += slice.size();
            listener.progress(rows, seen);
        } while (slice.size() == SLICE);
    }

    private static long last(List<Long> slice) {
        return slice.get(slice.size() - 1);
    }

    private void odd(Odd odd, Mode mode, Listener listener) {
        String subject = new QueueId(odd.row().message()).toString();
        if (!odd.orphan()) {
            boolean mended =
                    mode == Mode.MEND && transactions.read(handle -> VerificationSql.freeTorn(handle, odd.row())) > 0;
            String sentence = "the delivery to " + odd.row().recipient() + " is under way for nobody";
            listener.found(new Finding(Fault.STATE_WITHOUT_LEASE, subject, sentence, mended));
            return;
        }
        if (mode == Mode.MEND && !odd.holdReason().equals(ORPHAN)) {
            transactions.run(handle -> InspectionSql.hold(handle, List.of(odd.row()), ORPHAN));
        }
        String sentence = "the delivery to " + odd.row().recipient() + " has no message"
                + (mode == Mode.MEND || odd.holdReason().equals(ORPHAN) ? "; it is on hold" : "");
        listener.found(new Finding(Fault.DELIVERY_WITHOUT_MESSAGE, subject, sentence, false));
    }

    private void messages(Mode mode, Listener listener) {
        walk("messages", listener, VerificationSql::sizes, Size::id, (slice, after) -> {
            long end = slice.get(slice.size() - 1).id() + 1;
            transactions
                    .read(handle -> InspectionSql.ended(handle, after, end, SLICE))
                    .forEach(id -> ended(id, mode, listener));
            batches(slice)
                    .forEach(ids -> transactions
                            .read(handle -> VerificationSql.damaged(handle, ids))
                            .forEach(damaged -> damaged(damaged, mode, listener)));
        });
    }

    /** Of so many bytes each; a larger one alone. */
    private static List<List<Long>> batches(List<Size> sizes) {
        List<List<Long>> batches = new ArrayList<>();
        List<Long> batch = new ArrayList<>();
        long bytes = 0;
        for (Size size : sizes) {
            if (!batch.isEmpty() && bytes + size.bytes() > BYTES) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(size.id());
            bytes += size.bytes();
        }
        batches.add(batch);
        return batches;
    }

    private void ended(long id, Mode mode, Listener listener) {
        boolean mended = mode == Mode.MEND && transactions.run(handle -> EndedMessages.remove(handle, List.of(id))) > 0;
        String sentence = "all its deliveries have ended, and it is still there";
        listener.found(new Finding(Fault.MESSAGE_WITHOUT_DELIVERY, new QueueId(id).toString(), sentence, mended));
    }

    private void damaged(Damaged damaged, Mode mode, Listener listener) {
        QueueId id = new QueueId(damaged.id());
        String sentence = "its content has " + damaged.bytes() + " bytes in " + damaged.parts() + " parts, not "
                + damaged.size() + " bytes";
        if (mode == Mode.MEND) {
            inspection.hold(QueueFilter.of(id), sentence);
        }
        String held = mode == Mode.MEND ? "; its deliveries are on hold" : "";
        listener.found(new Finding(Fault.CONTENT_DAMAGED, id.toString(), sentence + held, false));
    }

    private void contents(Mode mode, Listener listener) {
        walk(
                "contents",
                listener,
                VerificationSql::contents,
                id -> id,
                (slice, after) -> strays(slice).forEach(id -> stray(id, mode, listener)));
    }

    /** Those without a message; the content is looked for again, since a message may have ended in between. */
    private List<Long> strays(List<Long> contents) {
        Set<Long> known = new HashSet<>(transactions.read(handle -> VerificationSql.known(handle, contents)));
        return contents.stream()
                .filter(id -> !known.contains(id))
                .filter(id -> transactions.read(handle -> hasContent(handle, id)))
                .toList();
    }

    private static boolean hasContent(Handle handle, long id) {
        return VerificationSql.contents(handle, id - 1, 1).contains(id);
    }

    private void stray(long id, Mode mode, Listener listener) {
        boolean named = !transactions
                .read(handle -> SettleSql.stillOpen(handle, List.of(id)))
                .isEmpty();
        boolean mended = mode == Mode.MEND && !named;
        if (mended) {
            transactions.run(handle -> SettleSql.removeContents(handle, List.of(id)));
        }
        String sentence = "content of a message that is missing" + (named ? "; deliveries name it, so it is kept" : "");
        listener.found(new Finding(Fault.CONTENT_WITHOUT_MESSAGE, new QueueId(id).toString(), sentence, mended));
    }
}
