package io.sealpost.queue.jdbc;

import io.sealpost.database.SqlTrouble;
import io.sealpost.database.TimeOrderedIds;
import io.sealpost.database.Transactions;
import io.sealpost.queue.EnqueueResult;
import io.sealpost.queue.Lease;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueIntake;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Takes mail in by group commit; a large message commits in a lane of its own, so that small ones need not wait. Thread-safe. */
public final class JdbcQueueIntake implements QueueIntake {
    private final MessageWriter writer;
    private final Inserts inserts;
    private final GroupCommit<MessageWriter.Planned, EnqueueResult> small;
    private final GroupCommit<MessageWriter.Planned, EnqueueResult> large;

    /** The clock is the database's; the ids are this node's. */
    public JdbcQueueIntake(Transactions transactions, Clock clock, TimeOrderedIds ids, QueueSettings settings) {
        this.writer = new MessageWriter(clock, ids, settings);
        this.inserts = new Inserts(transactions, writer);
        this.small = new GroupCommit<>(inserts, settings.patience());
        this.large = new GroupCommit<>(inserts, settings.patience());
    }

    @Override
    public EnqueueResult enqueue(NewMessage message) {
        MessageWriter.Planned planned = writer.plan(message);
        return (inserts.weight(planned) < GroupCommit.MAX_WEIGHT ? small : large).submit(planned);
    }

    private record Inserts(Transactions transactions, MessageWriter writer)
            implements GroupCommit.Work<MessageWriter.Planned, EnqueueResult> {
        private static final long ROWS = 1024; // What the rows of a message weigh beside its content, roughly.

        @Override
        public List<EnqueueResult> commit(List<MessageWriter.Planned> messages) {
            transactions.run(handle -> {
                writer.write(handle, messages);
                return null;
            });
            return messages.stream()
                    .map(message -> (EnqueueResult) new EnqueueResult.Stored(message.leases()))
                    .toList();
        }

        /** Runs the same inserts again: what the batch had committed, though its answer was lost, is there already. */
        @Override
        public EnqueueResult commitAlone(MessageWriter.Planned message) {
            try {
                return commit(List.of(message)).get(0);
            } catch (RuntimeException failure) {
                if (SqlTrouble.of(failure) == SqlTrouble.DUPLICATE_KEY) {
                    return transactions.read(handle -> whatIsStored(handle, message, failure));
                }
                throw failure;
            }
        }

        /** An id may be taken by a message that is not this one, when two nodes have one number: 250 would lose this one then. */
        private static EnqueueResult whatIsStored(
                Handle handle, MessageWriter.Planned planned, RuntimeException duplicate) {
            List<Lease> ours = ClaimSql.firstLeases(handle, planned);
            if (!ours.isEmpty()) {
                return new EnqueueResult.Stored(ours);
            }
            boolean stored = planned.isInJournal(handle) || IntakeSql.isStored(handle, planned.message());
            if (stored) {
                return new EnqueueResult.AlreadyStored();
            }
            throw new IllegalStateException(
                    "the id " + planned.message().envelope().id() + " is another message's", duplicate);
        }

        @Override
        public long weight(MessageWriter.Planned planned) {
            NewMessage message = planned.message();
            return message.content().size()
                    + message.signedPrefix().bytes().length
                    + ROWS * message.deliveries().size();
        }
    }
}
