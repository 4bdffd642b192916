package io.sealpost.queue.jdbc;

import io.sealpost.database.TimeOrderedIds;
import io.sealpost.database.Transactions;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Lease;
import io.sealpost.queue.PassOver;
import io.sealpost.queue.QueueClaims;
import io.sealpost.queue.SettleResult;
import io.sealpost.queue.Settlement;
import io.sealpost.queue.SignedPrefix;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Claims by compare-and-set, settlements by group commit. Thread-safe. */
public final class JdbcQueueClaims implements QueueClaims {
    private static final Duration FAR = Duration.ofDays(366);
    private static final int SLICE = 1000;

    private final Transactions transactions;
    private final Clock clock;
    private final QueueSettings settings;
    private final Claiming claiming;
    private final Settling settling;
    private final GroupCommit<Settling.Planned, SettleResult> settlements;

    /** The clock is the database's; the ids are this node's. */
    public JdbcQueueClaims(Transactions transactions, Clock clock, TimeOrderedIds ids, QueueSettings settings) {
        this.transactions = transactions;
        this.clock = clock;
        this.settings = settings;
        this.claiming = new Claiming(transactions, ids);
        this.settling = new Settling(transactions, new MessageWriter(clock, ids, settings), settings.node());
        this.settlements = new GroupCommit<>(settling, settings.patience());
    }

    @Override
    public List<ClaimedMessage> claimDue(Set<Integer> buckets, int max, PassOver passOver) {
        Instant now = now();
        freeForgotten(now);
        FairChoice.Wanted wanted = new FairChoice.Wanted(buckets, max, passOver, now);
        return max < 1 ? List.of() : claiming.claim(wanted, settings.node(), now.plus(settings.lease()));
    }

    /**
     * What this node works under is renewed; an own lease that ran out a whole lease ago is in nobody's hands: the answer to its claim
     * or to its intake's COMMIT was lost, and it could not be freed by the claim's number. The grace is for leases that could not be renewed while the database was away.
     */
    private void freeForgotten(Instant now) {
        transactions.read(handle -> ClaimSql.free(handle, settings.node(), now.minus(settings.lease())));
    }

    @Override
    public List<Lease> renew(Collection<Lease> leases) {
        List<Lease> sorted = sorted(leases);
        List<Lease> renewed = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += SLICE) {
            List<Lease> slice = sorted.subList(from, Math.min(sorted.size(), from + SLICE));
            Instant until = now().plus(settings.lease());
            int[] counts = transactions.run(handle -> ClaimSql.renew(handle, slice, settings.node(), until));
            for (int i = 0; i < counts.length; i++) {
                if (CompareAndSet.took(counts[i])) {
                    renewed.add(slice.get(i).renewed(until));
                }
            }
        }
        return renewed;
    }

    @Override
    public void giveBack(Collection<Lease> leases) {
        List<Lease> sorted = sorted(leases);
        for (int from = 0; from < sorted.size(); from += SLICE) {
            List<Lease> slice = sorted.subList(from, Math.min(sorted.size(), from + SLICE));
            transactions.run(handle -> {
                ClaimSql.giveBack(handle, slice, settings.node());
                return null;
            });
        }
    }

    @Override
    public SettleResult settle(Settlement settlement) {
        return settlements.submit(settling.plan(settlement));
    }

    @Override
    public int freeLeasesOf(int node) {
        Instant ever = now().plus(FAR);
        int all = 0;
        int freed;
        do { // A thousand at a time: no long transaction.
            freed = transactions.read(handle -> ClaimSql.free(handle, node, ever));
            all += freed;
        } while (freed > 0);
        return all;
    }

    @Override
    public void replacePrefix(QueueId message, SignedPrefix prefix) {
        transactions.read(handle -> {
            ClaimSql.replacePrefix(handle, message, prefix);
            return null;
        });
    }

    /** One order of locking everywhere: fewer deadlocks. */
    private static List<Lease> sorted(Collection<Lease> leases) {
        return leases.stream().sorted(Comparator.comparing(Lease::delivery)).toList();
    }

    /** In microseconds, as the columns keep it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
