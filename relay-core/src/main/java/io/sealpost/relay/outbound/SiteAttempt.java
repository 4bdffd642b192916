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
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of those recipients of a message that share a site: still signed → deliver → decide → settle. Thread-safe; no method throws.
 */
final class SiteAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(SiteAttempt.class);
    private static final Set<String> BEFORE_MAIL = Set.of("connect", "EHLO", "STARTTLS");
    private static final EnhancedStatus OWN_FAULT = EnhancedStatus.of("4.3.0");
    private static final EnhancedStatus UNREACHED = EnhancedStatus.of("4.4.1");
    private static final EnhancedStatus UNSIGNED = EnhancedStatus.of("4.7.0");

    private final SuspendedMail suspended;
    private final SigningUpkeep upkeep;
    private final RemoteDelivery remote;
    private final Supplier<SettlementPolicy> policy;
    private final SettlementDesk desk;
    private final LeaseKeeper keeper;
    private final Clock clock;

    /** {@code policy}: that of now. */
    SiteAttempt(
            SuspendedMail suspended,
            SigningUpkeep upkeep,
            RemoteDelivery remote,
            Supplier<SettlementPolicy> policy,
            SettlementDesk desk,
            LeaseKeeper keeper,
            Clock clock) {
        this.suspended = suspended;
        this.upkeep = upkeep;
        this.remote = remote;
        this.policy = policy;
        this.desk = desk;
        this.keeper = keeper;
        this.clock = clock;
    }

    /** Tries those whose leases are still held. */
    SiteNews run(SiteShare share, Instant claimed) {
        List<ClaimedDelivery> held = keeper.stillHeld(share.message().deliveries());
        if (held.isEmpty()) {
            return new SiteNews.Unknown();
        }
        ClaimedMessage message = share.message().withDeliveries(held);
        try {
            // Once more: in the line of a slow site a key may have gone out of use, or somebody suspended it.
            Optional<ClaimedMessage> free = suspended.putOff(message, claimed, share.site());
            if (free.isEmpty()) {
                return new SiteNews.Unknown();
            }
            message = free.get();
            Check check = upkeep.check(message);
            if (check instanceof Check.Unsigned unsigned) {
                hold(message, claimed, unsigned.reason());
                return new SiteNews.Unknown();
            }
            message = ((Check.Ready) check).message();
            Instant started = clock.instant();
            List<Attempted> attempted = attempt(message, share.route());
            return news(attempted, settle(message, claimed, started, attempted));
        } catch (StoreUnavailable away) {
            giveBack(message, away);
        } catch (IOException | RuntimeException fault) {
            LOG.error("{}: a fault of our own in an attempt", message.envelope().id(), fault);
            deferForOwnFault(message, claimed);
        }
        return new SiteNews.Unknown();
    }

    /** Defers by the message's own schedule, without an attempt: another met the outcome at the same site, which is left alone now. */
    void putOff(ClaimedMessage message, Instant claimed, DeliveryOutcome outcome) {
        RemoteReply met = outcome.reply();
        RemoteReply reply = RemoteReply.ownWords(
                met.host(),
                met.command(),
                met.status().orElse(UNREACHED),
                "not tried now, since another attempt met: " + met.shown());
        settleUntried(message, claimed, new DeliveryOutcome.Deferred(reply, Reason.UNREACHABLE));
    }

    private void settleUntried(ClaimedMessage message, Instant claimed, DeliveryOutcome outcome) {
        settle(message, claimed, clock.instant(), all(message, outcome));
    }

    /** Tries it later, since something of ours broke. */
    void deferForOwnFault(ClaimedMessage message, Instant claimed) {
        RemoteReply reply = RemoteReply.ownWords("", "internal", OWN_FAULT, "a fault of our own; tried again later");
        settleUntried(message, claimed, new DeliveryOutcome.Deferred(reply, Reason.INTERNAL));
    }

    /** Holds what cannot be signed now. */
    void hold(ClaimedMessage message, Instant claimed, String reason) {
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

    /** Gives the leases back, attempts unchanged: nobody can tell now what may be done. */
    void giveBack(ClaimedMessage message, StoreUnavailable away) {
        LOG.warn("{}: not tried now: {}", message.envelope().id(), away.getMessage());
        desk.giveBack(message.deliveries().stream().map(ClaimedDelivery::lease).toList());
    }

    /** Returns what was decided. */
    private List<Decided> settle(ClaimedMessage message, Instant claimed, Instant started, List<Attempted> attempted) {
        Instant now = clock.instant();
        List<Decided> decided = policy.get().decide(message.envelope(), attempted, now);
        desk.settle(new Settling(message, decided, new Timing(claimed, started, now)));
        return decided;
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
        List<AttemptResult> results = remote.attempt(transmission, hosts, () -> mayEnd(message));
        List<Attempted> attempted = new ArrayList<>();
        for (int i = 0; i < deliveries.size(); i++) {
            Recipient asked = deliveries.get(i).recipient();
            AttemptResult result = results.get(i);
            if (!result.recipient().equals(asked)) {
                throw new IllegalStateException("results in another order than the recipients");
            }
            attempted.add(new Attempted(deliveries.get(i), result.outcome(), result.connection()));
        }
        return attempted;
    }

    /** Asked right before the final dot, which may be minutes after the attempt began. */
    private boolean mayEnd(ClaimedMessage message) {
        return keeper.permitsFinalDot(message.deliveries()) && upkeep.stands(message.signedPrefix());
    }

    /** No host came as far as MAIL: what is wrong is the site, not this message. */
    private static SiteNews news(List<Attempted> attempted, List<Decided> decided) {
        boolean unreached = attempted.stream()
                .allMatch(one -> one.outcome() instanceof DeliveryOutcome.Deferred deferred
                        && deferred.reason() == Reason.UNREACHABLE
                        && BEFORE_MAIL.contains(deferred.reply().command()));
        if (!unreached) {
            return new SiteNews.Reached();
        }
        Optional<Instant> dueAgain = decided.stream()
                .map(Decided::result)
                .filter(DeliveryResult.Deferred.class::isInstance)
                .map(result -> ((DeliveryResult.Deferred) result).nextAt())
                .min(Comparator.naturalOrder());
        return new SiteNews.Unreached(attempted.get(0).outcome(), dueAgain);
    }

    private static List<Attempted> all(ClaimedMessage message, DeliveryOutcome outcome) {
        return message.deliveries().stream()
                .map(delivery -> new Attempted(delivery, outcome, ConnectionFacts.NONE))
                .toList();
    }
}
