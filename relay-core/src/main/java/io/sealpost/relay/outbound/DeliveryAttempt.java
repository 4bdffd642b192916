package io.sealpost.relay.outbound;

import io.sealpost.database.StoreUnavailable;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.relay.outbound.SigningUpkeep.Check;
import io.sealpost.relay.route.Router;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole way of a claimed message: not suspended, still signed → route → a lane for each site → deliver → decide → settle. Thread-safe. */
final class DeliveryAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryAttempt.class);

    private final SuspendedMail suspended;
    private final SigningUpkeep upkeep;
    private final Router router;
    private final SiteLanes lanes;
    private final SiteAttempt site;

    DeliveryAttempt(SuspendedMail suspended, SigningUpkeep upkeep, Router router, SiteLanes lanes, SiteAttempt site) {
        this.suspended = suspended;
        this.upkeep = upkeep;
        this.router = router;
        this.lanes = lanes;
        this.site = site;
    }

    /**
     * Works on a message whose leases are kept; never throws.
     *
     * @param taken how it came into memory
     */
    void run(ClaimedMessage claimed, Taken taken) {
        ClaimedMessage message = claimed;
        try {
            Optional<ClaimedMessage> free = suspended.putOff(message, taken.at(), "");
            if (free.isEmpty()) {
                return;
            }
            message = free.get();
            Check check = upkeep.check(message);
            if (check instanceof Check.Unsigned unsigned) {
                site.hold(message, taken.at(), unsigned.reason());
                return;
            }
            List<SiteShare> shares = SiteShare.of(((Check.Ready) check).message(), router);
            lanes.run(notSuspended(shares, taken), taken);
        } catch (StoreUnavailable away) {
            site.giveBack(message, away);
        } catch (IOException | RuntimeException fault) {
            LOG.error(
                    "{}: a fault of our own before the attempt",
                    message.envelope().id(),
                    fault);
            site.deferForOwnFault(message, taken.at());
        }
    }

    private List<SiteShare> notSuspended(List<SiteShare> shares, Taken taken) {
        return shares.stream()
                .flatMap(share -> suspended
                        .putOff(share.message(), taken.at(), share.site())
                        .map(message -> new SiteShare(message, share.route()))
                        .stream())
                .toList();
    }
}
