package io.sealpost.relay.route;

import io.sealpost.relay.dns.DnsAnswer;
import io.sealpost.relay.dns.DnsLookups;
import io.sealpost.relay.dns.MxRecord;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From the names of MX hosts, best first, to those that a connection may be opened to. Thread-safe. */
final class UsableHosts {
    private final DnsLookups dns;
    private final OwnHost own;
    private final PrivateAddresses permitted;
    private final int port;

    UsableHosts(DnsLookups dns, OwnHost own, PrivateAddresses permitted, int port) {
        this.dns = dns;
        this.own = own;
        this.permitted = permitted;
        this.port = port;
    }

    Route route(String domain, List<MxRecord> records) {
        Set<String> names = new LinkedHashSet<>();
        records.forEach(mx -> names.add(mx.exchange()));
        Map<String, DnsAnswer<InetAddress>> answers = dns.addresses(names);
        List<MxRecord> others = betterThanOurselves(records, answers);
        if (others.isEmpty()) {
            return MxRouter.unroutable("5.4.6", "Mail for " + domain + " leads back to this server");
        }
        List<Route.MxHost> hosts = new ArrayList<>();
        for (String name : namesOf(others)) {
            List<InetSocketAddress> addresses = socketAddresses(answers.get(name)).stream()
                    .filter(address -> permitted.permits(address.getAddress()))
                    .toList();
            if (!addresses.isEmpty()) {
                hosts.add(new Route.MxHost(name, addresses));
            }
        }
        return hosts.isEmpty() ? noHost(domain, namesOf(others), answers) : new Route.Hosts(SiteName.of(names), hosts);
    }

    /** RFC 5321 §5.1: where we stand in the list, we and all that come after us are dropped. */
    private List<MxRecord> betterThanOurselves(List<MxRecord> records, Map<String, DnsAnswer<InetAddress>> answers) {
        int ourPreference = records.stream()
                .filter(mx -> isOurselves(mx.exchange(), answers.get(mx.exchange())))
                .mapToInt(MxRecord::preference)
                .min()
                .orElse(Integer.MAX_VALUE);
        return records.stream().filter(mx -> mx.preference() < ourPreference).toList();
    }

    private boolean isOurselves(String name, DnsAnswer<InetAddress> answer) {
        return own.isNamed(name, port) || socketAddresses(answer).stream().anyMatch(own::isAt);
    }

    private Route noHost(String domain, Set<String> names, Map<String, DnsAnswer<InetAddress>> answers) {
        for (String name : names) {
            if (answers.get(name) instanceof DnsAnswer.Failed<InetAddress> failed) {
                return MxRouter.notNow("Address look-up for " + name + " failed: " + failed.detail());
            }
        }
        boolean privateOnes = names.stream().anyMatch(name -> answers.get(name) instanceof DnsAnswer.Found);
        return MxRouter.unroutable(
                "5.4.4",
                privateOnes
                        ? "Mail hosts of " + domain
                                + " have only private addresses, to which this server does not deliver"
                        : "Domain " + domain + " has no mail host with an address");
    }

    private List<InetSocketAddress> socketAddresses(DnsAnswer<InetAddress> answer) {
        return answer instanceof DnsAnswer.Found<InetAddress> found
                ? found.records().stream()
                        .map(address -> new InetSocketAddress(address, port))
                        .toList()
                : List.of();
    }

    private static Set<String> namesOf(List<MxRecord> records) {
        Set<String> names = new LinkedHashSet<>();
        records.forEach(mx -> names.add(mx.exchange()));
        return names;
    }
}
