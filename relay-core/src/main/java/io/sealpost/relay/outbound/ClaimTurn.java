package io.sealpost.relay.outbound;

import io.sealpost.database.StoreUnavailable;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.PassOver;
import io.sealpost.queue.QueueClaims;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look for due deliveries: kept results are written first, then as much is claimed as workers are free. One thread only.
 *
 * <p>A claim frees this node's own leases that ran out long ago. After an outage those under which an attempt still runs may be among
 * them, so what has run out is renewed before.
 */
final class ClaimTurn {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimTurn.class);
    private static final int MAX_CLAIM = 200;

    private final QueueClaims claims;
    private final SettlementDesk desk;
    private final LeaseKeeper keeper;
    private final Neighbours neighbours;
    private final IntSupplier room;
    private final Supplier<PassOver> passOver;
    private final Consumer<ClaimedMessage> taker;

    /**
     * {@code room}: how many deliveries may be claimed now; {@code passOver}: whose could only stand in line; {@code taker} never
     * throws.
     */
    ClaimTurn(
            QueueClaims claims,
            SettlementDesk desk,
            LeaseKeeper keeper,
            Neighbours neighbours,
            IntSupplier room,
            Supplier<PassOver> passOver,
            Consumer<ClaimedMessage> taker) {
        this.claims = claims;
        this.desk = desk;
        this.keeper = keeper;
        this.neighbours = neighbours;
        this.room = room;
        this.passOver = passOver;
        this.taker = taker;
    }

    /** What is known after a look. */
    enum Outcome {
        /** Nobody is free, or as much came as was asked for: more may be due. */
        MORE,
        /** Nothing more is due now but what was passed over. */
        PASSED_OVER,
        /** Nothing more is due now, or the database is away. */
        DONE
    }

    Outcome run() {
        try {
            desk.writeKept();
            keeper.renewRunOut();
            int asked = Math.min(MAX_CLAIM, room.getAsInt());
            if (asked <= 0) {
                return Outcome.MORE;
            }
            Set<Integer> buckets = neighbours.bucketsOf(QueueClaims.BUCKETS);
            PassOver over = passOver.get();
            List<ClaimedMessage> claimed = claims.claimDue(buckets, asked, over);
            claimed.forEach(taker);
            int taken =
                    claimed.stream().mapToInt(one -> one.deliveries().size()).sum();
            if (taken >= asked) {
                return Outcome.MORE;
            }
            return over.isEmpty() ? Outcome.DONE : Outcome.PASSED_OVER;
        } catch (StoreUnavailable away) {
            LOG.warn("cannot claim now: {}", away.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("a fault of our own while claiming", bug);
        }
        return Outcome.DONE;
    }
}
