package io.sealpost.cli.doctor;

import io.sealpost.mail.MailDomain;
import io.sealpost.relay.deliver.DeliveryTimeouts;
import io.sealpost.relay.deliver.HostProbe;
import io.sealpost.relay.deliver.HostProbe.Result;
import io.sealpost.relay.deliver.Stage;
import io.sealpost.relay.route.Route;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether mail hosts out there can be reached, by connecting to those of one domain, greeting them, and going away again. */
final class PortOutCheck implements Check {
    private static final Duration EACH_STEP = Duration.ofSeconds(5);
    private static final int HOSTS = 2;

    private record Target(String host, InetSocketAddress address) {}

    @Override
    public String name() {
        return "port out";
    }

    @Override
    public List<Finding> look(Patient patient) {
        Optional<MailDomain> probe = patient.world().probe();
        if (probe.isEmpty()) {
            return List.of(Finding.ok("not looked at: --probe none"));
        }
        Route route = patient.outwards().router(patient.dns()).route(probe.get());
        if (!(route instanceof Route.Hosts hosts)) {
            String why = route instanceof Route.NotNow notNow
                    ? notNow.reply().shown()
                    : ((Route.Unroutable) route).reply().shown();
            return List.of(
                    Finding.problem(
                            "no way to the mail hosts of " + probe.get() + ": " + why,
                            "look at the line of the DNS servers; --probe DOMAIN tries another domain, --probe none leaves it out"));
        }
        DeliveryTimeouts timeouts =
                new DeliveryTimeouts(EACH_STEP, EACH_STEP, EACH_STEP, EACH_STEP, EACH_STEP, EACH_STEP, EACH_STEP);
        try (HostProbe dial = new HostProbe(
                patient.settings().hostname().ascii(),
                timeouts,
                patient.outwards().privateAddresses())) {
            return judge(patient, hosts, dial);
        }
    }

    private static List<Finding> judge(Patient patient, Route.Hosts hosts, HostProbe dial) {
        Optional<Finding> v4 = byFamily(hosts, dial, Inet4Address.class);
        boolean hasV6 = patient.world().sources().find().stream().anyMatch(Inet6Address.class::isInstance);
        Optional<Finding> v6 = hasV6 || v4.isEmpty() ? byFamily(hosts, dial, Inet6Address.class) : Optional.empty();
        boolean byV4 = v4.map(Finding::level).equals(Optional.of(Level.OK));
        List<Finding> findings = new ArrayList<>();
        v4.ifPresent(findings::add);
        v6.map(finding -> byV4 && finding.level() == Level.PROBLEM
                        ? Finding.warning(finding.sentence(), finding.remedy()) // IPv4 takes its mail over.
                        : finding)
                .ifPresent(findings::add);
        return findings;
    }

    /** The first host that answers by this family; else what the last one did; empty where none has such an address. */
    private static Optional<Finding> byFamily(Route.Hosts hosts, HostProbe dial, Class<? extends InetAddress> family) {
        List<Target> targets = hosts.hosts().stream()
                .flatMap(host -> host.addresses().stream()
                        .filter(address -> family.isInstance(address.getAddress()))
                        .limit(1)
                        .map(address -> new Target(host.name(), address)))
                .limit(HOSTS)
                .toList();
        Optional<Finding> last = Optional.empty();
        for (Target target : targets) {
            last = Optional.of(finding(
                    dial.probe(target.host(), target.address()),
                    target.address().getPort()));
            if (last.get().level() == Level.OK) {
                return last;
            }
        }
        return last;
    }

    private static Finding finding(Result result, int port) {
        if (result instanceof Result.Reached reached) {
            return Finding.ok(reached.connection().relay() + " answers in "
                    + reached.connection().connectionSetup().toMillis() + " ms over "
                    + reached.connection().tls().orElse("clear text"));
        }
        Result.NotReached not = (Result.NotReached) result;
        if (not.reply().code() != 0) {
            return Finding.problem(
                    not.reply().host() + " refuses us: " + not.reply().shown(),
                    "its words say why: often the address is on a blocklist, or has no name (PTR)");
        }
        return Finding.problem(
                not.reply().shown(),
                not.stage() == Stage.CONNECT
                        ? "port " + port
                                + " out is blocked: by a firewall here, or by the provider, who opens it on request"
                        : "something between here and there breaks the conversation: a firewall that reads SMTP?");
    }
}
