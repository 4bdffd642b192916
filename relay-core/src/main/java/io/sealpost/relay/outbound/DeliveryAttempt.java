package io.sealpost.relay.outbound;

import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.Recipient;
import io.sealpost.relay.deliver.AttemptResult;
import io.sealpost.relay.deliver.ConnectionFacts;
import io.sealpost.relay.deliver.DeliveryOutcome;
import io.sealpost.relay.deliver.DeliveryOutcome.Reason;
import io.sealpost.relay.deliver.RemoteDelivery;
import io.sealpost.relay.deliver.Transmission;
import io.sealpost.relay.outbound.Decided.Tell;
import io.sealpost.relay.outbound.Settling.Timing;
import io.sealpost.relay.outbound.SigningUpkeep.Check;
import io.sealpost.relay.route.Route;
import io.sealpost.relay.route.Router;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole way of a claimed message: route → deliver → decide → settle. Thread-safe. */
final class DeliveryAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryAttempt.class);
    private static final EnhancedStatus OWN_FAULT = EnhancedStatus.of("4.3.0");
    private static final EnhancedStatus UNSIGNED = EnhancedStatus.of("4.7.0");

    private final SigningUpkeep upkeep;
    private final Router router;
    private final RemoteDelivery remote;
    private final SettlementPolicy policy;
    private final SettlementDesk desk;
    private final LeaseKeeper keeper;
    private final Clock clock;

    DeliveryAttempt(
            SigningUpkeep upkeep,
            Router router,
            RemoteDelivery remote,
            SettlementPolicy policy,
            SettlementDesk desk,
            LeaseKeeper keeper,
            Clock clock) {
        this.upkeep = upkeep;
        this.router = router;
        this.remote = remote;
        this.policy = policy;
        this.desk = desk;
        this.keeper = keeper;
        this.clock = clock;
    }

    /**
     * Works on a message whose leases are kept; never throws.
     *
     * @param claimed when it was claimed or stored
     * @param workers takes the sites but the first, so that a slow one delays no other
     */
    void run(ClaimedMessage message, Instant claimed, Workers workers) {
        List<SiteShare> shares = route(message, claimed);
        shares.stream()
                .skip(1)
                .forEach(share -> workers.execute(new Workers.Task(share.message(), () -> run(share, claimed))));
        shares.stream().findFirst().ifPresent(share -> run(share, claimed));
    }

    /** One share a site; none when the message was held, given back or deferred instead. */
    private List<SiteShare> route(ClaimedMessage message, Instant claimed) {
        try {
            Check check = upkeep.check(message);
            if (check instanceof Check.Ready ready) {
                return SiteShare.of(ready.message(), router);
            }
            hold(message, ((Check.Unsigned) check).reason(), claimed);
        } catch (StoreUnavailable away) {
            giveBack(message, away);
        } catch (IOException | RuntimeException fault) {
            LOG.error(
                    "{}: a fault of our own before the attempt",
                    message.envelope().id(),
                    fault);
            settle(message, claimed, clock.instant(), ownFault(message));
        }
        return List.of();
    }

    /** The way of those recipients that share a site. */
    private void run(SiteShare share, Instant claimed) {
        List<ClaimedDelivery> held = keeper.stillHeld(share.message().deliveries());
        if (held.isEmpty()) {
            return;
        }
        ClaimedMessage message = share.message().withDeliveries(held);
        Instant started = clock.instant();
        try {
            settle(message, claimed, started, attempt(message, share.route()));
        } catch (StoreUnavailable away) {
            giveBack(message, away);
        } catch (RuntimeException fault) {
            LOG.error("{}: a fault of our own in an attempt", message.envelope().id(), fault);
            settle(message, claimed, started, ownFault(message));
        }
    }

    private List<Attempted> attempt(ClaimedMessage message, Route route) {
        if (route instanceof Route.Unroutable unroutable) {
            return all(message, new DeliveryOutcome.Bounced(unroutable.reply(), Reason.DNS));
        }
        if (route instanceof Route.NotNow notNow) {
            return all(message, new DeliveryOutcome.Deferred(notNow.reply(), Reason.DNS));
        }
        return deliver(message, (Route.Hosts) route);
    }

    private List<Attempted> deliver(ClaimedMessage message, Route.Hosts hosts) {
        List<ClaimedDelivery> deliveries = message.deliveries();
        Transmission transmission = new Transmission(
                message.envelope().id(),
                message.envelope().sender(),
                message.envelope().options(),
                deliveries.stream().map(ClaimedDelivery::recipient).toList(),
                message.signedPrefix(),
                message.content());
        List<AttemptResult> results = remote.attempt(transmission, hosts, () -> keeper.permitsFinalDot(deliveries));
        List<Attempted> attempted = new ArrayList<>();
        for (int i = 0; i < deliveries.size(); i++) {
            Recipient asked = deliveries.get(i).recipient();
            if (!results.get(i).recipient().equals(asked)) {
                throw new IllegalStateException("results in another order than the recipients");
            }
            attempted.add(new Attempted(
                    deliveries.get(i), results.get(i).outcome(), results.get(i).connection()));
        }
        return attempted;
    }

    private void settle(ClaimedMessage message, Instant claimed, Instant started, List<Attempted> attempted) {
        Instant now = clock.instant();
        List<Decided> decided = policy.decide(message.envelope(), attempted, now);
        desk.settle(new Settling(message, decided, new Timing(claimed, started, now)));
    }

    private void hold(ClaimedMessage message, String reason, Instant claimed) {
        Instant now = clock.instant();
        RemoteReply reply = RemoteReply.ownWords("", "sign", UNSIGNED, reason);
        List<Decided> held = message.deliveries().stream()
                .map(delivery -> new Decided(
                        delivery,
                        new DeliveryResult.Held(delivery.lease(), reply, reason),
                        Tell.NOTHING,
                        ConnectionFacts.NONE))
                .toList();
        desk.settle(new Settling(message, held, new Timing(claimed, now, now)));
    }

    private static List<Attempted> ownFault(ClaimedMessage message) {
        RemoteReply reply = RemoteReply.ownWords("", "internal", OWN_FAULT, "a fault of our own; tried again later");
        return all(message, new DeliveryOutcome.Deferred(reply, Reason.INTERNAL));
    }

    private static List<Attempted> all(ClaimedMessage message, DeliveryOutcome outcome) {
        return message.deliveries().stream()
                .map(delivery -> new Attempted(delivery, outcome, ConnectionFacts.NONE))
                .toList();
    }

    private void giveBack(ClaimedMessage message, StoreUnavailable away) {
        LOG.warn("{}: not tried now: {}", message.envelope().id(), away.getMessage());
        desk.giveBack(message.deliveries().stream().map(ClaimedDelivery::lease).toList());
    }
}
