package io.sealpost.relay.outbound;

import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.Lease;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueClaims;
import io.sealpost.queue.SettleResult;
import io.sealpost.queue.Settlement;
import io.sealpost.relay.bounce.Notices;
import io.sealpost.relay.bounce.ReportedMessage;
import io.sealpost.relay.bounce.ReportedRecipient;
import io.sealpost.relay.journal.Journal;
import io.sealpost.relay.journal.MailLog;
import io.sealpost.relay.outbound.Decided.Tell;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes results into the database. While it is away they are kept in memory and written, in order, when it is back, before anything
 * else is claimed. Thread-safe.
 *
 * <p>What is kept is bounded by what was under way when the database went: nothing new is claimed or taken in without it.
 */
final class SettlementDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SettlementDesk.class);

    private final QueueClaims claims;
    private final Notices notices;
    private final LeaseKeeper keeper;
    private final MailLog log = new MailLog();
    private final Queue<Runnable> kept = new ConcurrentLinkedQueue<>();

    SettlementDesk(QueueClaims claims, Notices notices, LeaseKeeper keeper) {
        this.claims = claims;
        this.notices = notices;
        this.keeper = keeper;
    }

    /** Writes the results, or keeps them; never throws. */
    void settle(Settling settling) {
        settling.lines().forEach(log::attempt);
        orKeep(() -> write(settling), settling.leases());
    }

    /** Gives leases back unused, or keeps to do so; never throws. */
    void giveBack(Collection<Lease> leases) {
        List<Lease> unused = List.copyOf(leases);
        if (!unused.isEmpty()) {
            orKeep(() -> claims.giveBack(unused), unused);
        }
    }

    /** Writes what was kept; throws StoreUnavailable when the database is still away. */
    void writeKept() {
        for (Runnable write = kept.peek(); write != null; write = kept.peek()) {
            write.run();
            kept.remove(write);
        }
    }

    /** Whether results wait for the database. */
    boolean isKeeping() {
        return !kept.isEmpty();
    }

    /** The leases are let go once they are written, or a bug forbids it: then they run out and are claimed again. */
    private void orKeep(Runnable write, List<Lease> leases) {
        Runnable whole = () -> {
            try {
                write.run();
            } catch (StoreUnavailable away) {
                throw away;
            } catch (RuntimeException bug) {
                LOG.error("a fault of our own while settling; the deliveries are tried again", bug);
            }
            keeper.letGo(leases);
        };
        try {
            whole.run();
        } catch (StoreUnavailable away) {
            LOG.warn("results wait for the database: {}", away.getMessage());
            kept.add(whole);
        }
    }

    /** All or nothing, each time with a new notice, until no row of it is another's. */
    private void write(Settling settling) {
        Settling rest = settling;
        while (!rest.isEmpty()) {
            Settlement settlement = settlement(rest);
            if (!(claims.settle(settlement) instanceof SettleResult.LeaseLost lost)) {
                settlement.notice().ifPresent(notice -> told(settling, notice));
                return;
            }
            lost.lost().forEach(lease -> LOG.warn("{}: lost the lease of {}", lease.message(), lease.delivery()));
            if (lost.lost().isEmpty()) {
                throw new IllegalStateException("a lost settlement without a lost lease");
            }
            rest = rest.without(lost.lost());
        }
    }

    private Settlement settlement(Settling settling) {
        List<ReportedRecipient> reported = settling.reported();
        if (reported.isEmpty()) {
            return settlement(settling, Optional.empty());
        }
        try {
            return settlement(settling, Optional.of(notices.report(ReportedMessage.of(settling.message()), reported)));
        } catch (StoreUnavailable away) {
            throw away;
        } catch (RuntimeException bug) {
            LOG.error("{}: cannot make a notice", settling.message().envelope().id(), bug);
            return settlement(
                    settling.untold("the report to the sender could not be made; see the log"), Optional.empty());
        }
    }

    private static Settlement settlement(Settling settling, Optional<NewMessage> notice) {
        List<JournalEntry> journal = new ArrayList<>(settling.journal());
        notice.ifPresent(made -> journal.addAll(Journal.notice(
                settling.message().envelope().id(),
                made.envelope().id(),
                made.deliveries().get(0).recipient().address(),
                settling.timing().ended())));
        return new Settlement(settling.message().envelope(), settling.results(), notice, journal);
    }

    private void told(Settling settling, NewMessage notice) {
        QueueId about = settling.message().envelope().id();
        if (settling.decided().stream().anyMatch(one -> one.tell() == Tell.FAILED)) {
            log.failureNotice(about, notice.envelope().id());
        } else {
            log.delayNotice(about, notice.envelope().id());
        }
        long size = notice.signedPrefix().bytes().length + notice.content().size();
        log.queued(notice.envelope(), size, notice.deliveries().size());
    }
}
