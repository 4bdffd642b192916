package io.sealpost.cli.wiring;

import io.sealpost.account.brake.BehaviourWatch;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.DeliveryResult.End;
import io.sealpost.queue.Lease;
import io.sealpost.queue.PassOver;
import io.sealpost.queue.QueueClaims;
import io.sealpost.queue.SettleResult;
import io.sealpost.queue.Settlement;
import io.sealpost.queue.SignedPrefix;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The queue's claims, of which refused recipients are noted beside their account. Thread-safe. */
record WatchedClaims(QueueClaims claims, BehaviourWatch watch) implements QueueClaims {
    @Override
    public SettleResult settle(Settlement settlement) {
        SettleResult result = claims.settle(settlement);
        settlement.message().origin().account().ifPresent(account -> {
            long refused = settlement.results().stream()
                    .filter(WatchedClaims::isRefused)
                    .count();
            if (refused > 0 && !(result instanceof SettleResult.LeaseLost)) {
                watch.refused(account, (int) refused);
            }
        });
        return result;
    }

    private static boolean isRefused(DeliveryResult result) {
        return result instanceof DeliveryResult.Ended ended && ended.end() == End.BOUNCED;
    }

    @Override
    public List<ClaimedMessage> claimDue(Set<Integer> buckets, int max, PassOver passOver) {
        return claims.claimDue(buckets, max, passOver);
    }

    @Override
    public List<Lease> renew(Collection<Lease> leases) {
        return claims.renew(leases);
    }

    @Override
    public void giveBack(Collection<Lease> leases) {
        claims.giveBack(leases);
    }

    @Override
    public int freeLeasesOf(int node) {
        return claims.freeLeasesOf(node);
    }

    @Override
    public void replacePrefix(QueueId message, SignedPrefix prefix) {
        claims.replacePrefix(message, prefix);
    }
}
