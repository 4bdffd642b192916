package io.sealpost.relay.fake;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.Recipient;
import io.sealpost.relay.deliver.AttemptResult;
import io.sealpost.relay.deliver.ConnectionFacts;
import io.sealpost.relay.deliver.DeliveryOutcome;
import io.sealpost.relay.deliver.DeliveryOutcome.Reason;
import io.sealpost.relay.deliver.RemoteDelivery;
import io.sealpost.relay.deliver.Transmission;
import io.sealpost.relay.route.Route;
import io.sealpost.relay.route.Router;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Hosts behind domains: every domain leads to its own site unless told otherwise, every recipient is taken unless told otherwise. */
public final class FakeNet implements Router, RemoteDelivery {
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Map<String, Function<Recipient, DeliveryOutcome>> answers = new ConcurrentHashMap<>();
    private final List<Transmission> transmissions = new CopyOnWriteArrayList<>();
    private final List<Boolean> permits = new CopyOnWriteArrayList<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final Set<String> unreachable = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile RuntimeException fault;

    /** Domains that share a site. */
    public void share(String site, String... domains) {
        for (String domain : domains) {
            routes.put(domain, hosts(site));
        }
    }

    /** A domain's route. */
    public void route(String domain, Route route) {
        routes.put(domain, route);
    }

    /** What a recipient's host says. */
    public void answer(String recipient, DeliveryOutcome outcome) {
        answers.put(recipient, asked -> outcome);
    }

    /** What a recipient's host says, after something else happened. */
    public void answer(String recipient, Runnable before, DeliveryOutcome outcome) {
        answers.put(recipient, asked -> {
            before.run();
            return outcome;
        });
    }

    /** From now on attempts wait for the returned latch. */
    public CountDownLatch block() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /** From now on attempts at the site wait for the returned latch. */
    public CountDownLatch block(String site) {
        return gates.computeIfAbsent(site, name -> new CountDownLatch(1));
    }

    /** From now on no host of the site can be reached. */
    public void unreachable(String site) {
        unreachable.add(site);
    }

    /** From now on the site's hosts can be reached. */
    public void reachable(String site) {
        unreachable.remove(site);
    }

    /** From now on attempts throw this; null: no more. */
    public void breakWith(RuntimeException broken) {
        fault = broken;
    }

    /** What was handed over, in order of its beginning. */
    public List<Transmission> transmissions() {
        return transmissions;
    }

    /** What the permits for final dots said, in order. */
    public List<Boolean> permits() {
        return permits;
    }

    /** {@code 250 2.0.0 Ok}. */
    public static DeliveryOutcome taken() {
        return new DeliveryOutcome.Delivered(reply(250, "2.0.0", "Ok"));
    }

    /** {@code 450 4.2.0 Later}. */
    public static DeliveryOutcome later() {
        return new DeliveryOutcome.Deferred(reply(450, "4.2.0", "Later"), Reason.GREYLISTED);
    }

    /** {@code 550 5.1.1 No such user}. */
    public static DeliveryOutcome unknown() {
        return new DeliveryOutcome.Bounced(reply(550, "5.1.1", "No such user"), Reason.UNKNOWN_RECIPIENT);
    }

    private static RemoteReply reply(int code, String status, String text) {
        return new RemoteReply("mx.example[192.0.2.25]:25", "RCPT", code, Optional.of(EnhancedStatus.of(status)), text);
    }

    private static Route.Hosts hosts(String site) {
        InetSocketAddress address = InetSocketAddress.createUnresolved("192.0.2.25", 25);
        return new Route.Hosts(site, List.of(new Route.MxHost("mx." + site, List.of(address))));
    }

    @Override
    public Route route(MailDomain recipientDomain) {
        return routes.getOrDefault(recipientDomain.ascii(), hosts(recipientDomain.ascii()));
    }

    @Override
    public List<AttemptResult> attempt(Transmission transmission, Route.Hosts route, FinalDotPermit permit) {
        transmissions.add(transmission);
        try {
            gate.await();
            gates.getOrDefault(route.site(), new CountDownLatch(0)).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (fault != null) {
            throw fault;
        }
        if (unreachable.contains(route.site())) {
            RemoteReply reply = RemoteReply.ownWords("", "connect", EnhancedStatus.of("4.4.1"), "timed out");
            DeliveryOutcome outcome = new DeliveryOutcome.Deferred(reply, Reason.UNREACHABLE);
            return transmission.recipients().stream()
                    .map(recipient -> new AttemptResult(recipient, outcome, ConnectionFacts.NONE))
                    .toList();
        }
        boolean granted = permit.granted();
        permits.add(granted);
        ConnectionFacts facts = new ConnectionFacts(
                "mx.example[192.0.2.25]:25", Optional.empty(), Duration.ofMillis(12), Duration.ofMillis(1400));
        return transmission.recipients().stream()
                .map(recipient -> new AttemptResult(recipient, granted ? outcome(recipient) : later(), facts))
                .toList();
    }

    private DeliveryOutcome outcome(Recipient recipient) {
        return answers.getOrDefault(recipient.address().toString(), asked -> taken())
                .apply(recipient);
    }
}
