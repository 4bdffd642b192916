package io.sealpost.relay.deliver;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.Recipient;
import io.sealpost.relay.deliver.DeliveryOutcome.Bounced;
import io.sealpost.relay.deliver.DeliveryOutcome.Deferred;
import io.sealpost.relay.deliver.DeliveryOutcome.Reason;
import io.sealpost.relay.deliver.RemoteDelivery.FinalDotPermit;
import io.sealpost.relay.route.Route;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One attempt: host by host, address by address, until every recipient is settled or the attempt's bounds are reached. Used once. */
final class AttemptRun {
    private final Transmission transmission;
    private final FinalDotPermit permit;
    private final DeliveryLimits limits;
    private final ConnectionPool pool;
    private final ConnectionOpener opener;
    private final Set<Recipient> open;
    private final Map<Recipient, AttemptResult> results = new LinkedHashMap<>();
    private int sessions;

    AttemptRun(
            Transmission transmission,
            FinalDotPermit permit,
            DeliveryLimits limits,
            ConnectionPool pool,
            ConnectionOpener opener) {
        this.transmission = transmission;
        this.permit = permit;
        this.limits = limits;
        this.pool = pool;
        this.opener = opener;
        this.open = new LinkedHashSet<>(transmission.recipients()); // The same address twice gets one copy and one end.
    }

    List<AttemptResult> run(Route.Hosts route) {
        try {
            MessageNeeds needs = MessageNeeds.of(transmission);
            peers(route).stream().limit(limits.addressesPerAttempt()).forEach(peer -> tryAt(peer, needs));
        } catch (UnsendableContent e) {
            RemoteReply reply = RemoteReply.ownWords("", "DATA", EnhancedStatus.of("4.3.0"), e.getMessage());
            note(open, Verdict.settled(new Deferred(reply, Reason.INTERNAL)), ConnectionFacts.NONE);
        }
        return transmission.recipients().stream().map(results::get).toList();
    }

    private static List<Peer> peers(Route.Hosts route) {
        List<Peer> peers = new ArrayList<>();
        for (Route.MxHost host : route.hosts()) {
            for (InetSocketAddress address : host.addresses()) {
                peers.add(new Peer(host.name(), address));
            }
        }
        return peers;
    }

    private void tryAt(Peer peer, MessageNeeds needs) {
        if (open.isEmpty() || sessions >= limits.sessionsPerAttempt()) {
            return;
        }
        try (HostSession session = HostSession.at(peer, pool, opener)) {
            List<Recipient> waiting = fit(session, needs);
            sessions += waiting.isEmpty() ? 0 : 1;
            while (!waiting.isEmpty() && session.isOpen()) {
                waiting = transact(session, needs, waiting);
            }
            note(waiting, deferred(peer, "4.4.2", "lost connection with " + peer.shown()), session.facts());
        } catch (BrokenConversation e) {
            ConnectionFacts facts = e.stage() == Stage.CONNECT ? ConnectionFacts.NONE : HostSession.factsWithout(peer);
            note(List.copyOf(open), Verdict.of(ReplyClassifier.classify(e.stage(), e.reply())), facts);
        }
    }

    /** One transaction; returns who still waits for one over this connection. */
    private List<Recipient> transact(HostSession session, MessageNeeds needs, List<Recipient> waiting)
            throws BrokenConversation {
        List<Recipient> some = waiting.subList(0, Math.min(limits.recipientsPerTransaction(), waiting.size()));
        Map<Recipient, Verdict> verdicts = session.transact(transmission, needs, permit, some);
        List<Recipient> left = new ArrayList<>();
        verdicts.forEach((recipient, verdict) -> {
            note(List.of(recipient), verdict, session.facts());
            if (verdict.next() == Verdict.Next.SAME_HOST) {
                left.add(recipient);
            }
        });
        left.addAll(waiting.subList(some.size(), waiting.size()));
        return left;
    }

    /** Who can be offered to this host at all; the others may find another host that takes what they need. */
    private List<Recipient> fit(HostSession session, MessageNeeds needs) {
        List<Recipient> fit = new ArrayList<>();
        for (Recipient recipient : List.copyOf(open)) {
            if (MessageNeeds.needsSmtpUtf8(transmission, recipient)
                    && !session.capabilities().smtpUtf8()) {
                note(
                        List.of(recipient),
                        lacking(session.peer(), "5.6.7", "an international address (SMTPUTF8)"),
                        session.facts());
            } else if (needs.body() == MessageNeeds.Bytes.EIGHT_BIT
                    && !session.capabilities().eightBitMime()) {
                // RFC 6152 §3: such a body must not be sent to it as it is.
                note(List.of(recipient), lacking(session.peer(), "5.6.3", "8-bit text (8BITMIME)"), session.facts());
            } else {
                fit.add(recipient);
            }
        }
        return fit;
    }

    private static Verdict lacking(Peer peer, String status, String what) {
        RemoteReply reply = RemoteReply.ownWords(
                peer.shown(), "EHLO", EnhancedStatus.of(status), peer.shown() + " does not accept " + what);
        return new Verdict(new Bounced(reply, Reason.CONTENT), Verdict.Next.OTHER_HOST);
    }

    private static Verdict deferred(Peer peer, String status, String sentence) {
        RemoteReply reply = RemoteReply.ownWords(peer.shown(), "MAIL", EnhancedStatus.of(status), sentence);
        return Verdict.of(new Deferred(reply, Reason.UNREACHABLE));
    }

    /** The last word counts; but what one host cannot do is no reason to bounce while another one may come back. */
    private void note(Collection<Recipient> recipients, Verdict verdict, ConnectionFacts facts) {
        for (Recipient recipient : List.copyOf(recipients)) {
            AttemptResult earlier = results.get(recipient);
            boolean mayComeBack = earlier != null && earlier.outcome() instanceof Deferred;
            if (verdict.isSettled() || !mayComeBack || verdict.outcome() instanceof Deferred) {
                results.put(recipient, new AttemptResult(recipient, verdict.outcome(), facts));
            }
            if (verdict.isSettled()) {
                open.remove(recipient);
            }
        }
    }
}
