package io.sealpost.relay.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.xbill.DNS.Name;

/** One walk to the servers of a name's zone, on to zones below it and to the targets of aliases. For one thread, once. */
final class AuthorityWalk {
    private static final int MAX_NAMES = 10;
    private static final int MAX_DELEGATIONS = 5;
    private static final int MAX_HOSTS = 13;
    private static final int MAX_ADDRESSES = 4;

    private final DnsLookups dns;
    private final Function<InetAddress, Optional<InetSocketAddress>> place;
    private final Set<Name> seen = new HashSet<>();
    private final List<AuthoritativeAnswer> answers = new ArrayList<>();

    private record Zone(Name origin, List<String> hosts) {}

    private record Asked(String host, InetAddress address, CompletableFuture<DirectAnswer> answer) {
        String shown() {
            return host + " (" + address.getHostAddress() + ")";
        }

        boolean failed() {
            return answer.join() instanceof DirectAnswer.Said said && said.end().isFailure();
        }
    }

    AuthorityWalk(DnsLookups dns, Function<InetAddress, Optional<InetSocketAddress>> place) {
        this.dns = dns;
        this.place = place;
    }

    List<AuthoritativeAnswer> answers() {
        return answers;
    }

    /** Asks the servers of the zone that is found from {@code existing} upwards; each name is asked for once. */
    AuthorityWalk follow(Question question, Name existing) {
        if (seen.size() < MAX_NAMES && seen.add(question.name())) {
            enclosing(question, existing).ifPresent(zone -> ask(question, zone, 0));
        }
        return this;
    }

    /** The root is not gone up to: a name that no zone holds is known to the configured servers alone. */
    private Optional<Zone> enclosing(Question question, Name existing) {
        for (Name at = existing; at.labels() > 1; at = new Name(at, 1)) {
            DnsAnswer<String> hosts = dns.nameServers(at);
            if (hosts instanceof DnsAnswer.Found<String> found) {
                return Optional.of(new Zone(at, found.records()));
            }
            if (hosts instanceof DnsAnswer.Failed<String> failed) {
                fail(question, "the name servers of " + AuthorityReader.text(at), failed.detail());
                return Optional.empty();
            }
        }
        fail(question, "the name servers of " + AuthorityReader.text(existing), "there are none to be found");
        return Optional.empty();
    }

    private void ask(Question question, Zone zone, int delegations) {
        Map<Name, Set<String>> below = new LinkedHashMap<>();
        Set<Name> targets = new LinkedHashSet<>();
        for (Asked asked : askAll(question, zone)) {
            DirectAnswer answer = asked.answer().join();
            if (answer instanceof DirectAnswer.Alias alias && !alias.target().equals(Name.root)) {
                targets.add(alias.target());
            } else if (answer instanceof DirectAnswer.Referral to && isBelow(to.zone(), zone, delegations)) {
                below.computeIfAbsent(to.zone(), name -> new LinkedHashSet<>()).addAll(to.hosts());
            } else if (answer instanceof DirectAnswer.Said said) {
                add(question, asked.shown(), said.end());
            } else {
                fail(question, asked.shown(), "it sends us on to another server");
            }
        }
        below.forEach((name, hosts) -> ask(question, new Zone(name, List.copyOf(hosts)), delegations + 1));
        targets.forEach(target -> follow(question.at(target), new Name(target, 1)));
    }

    private static boolean isBelow(Name child, Zone zone, int delegations) {
        return delegations < MAX_DELEGATIONS && child.subdomain(zone.origin()) && !child.equals(zone.origin());
    }

    /** All at once; of a host that answers at one address, the others where it does not are passed over. */
    private List<Asked> askAll(Question question, Zone zone) {
        List<String> hosts = zone.hosts().stream().limit(MAX_HOSTS).toList();
        List<List<Asked>> asked = new ArrayList<>();
        dns.addresses(hosts).forEach((host, found) -> asked.add(askHost(question, host, found)));
        List<Asked> replies = new ArrayList<>();
        for (List<Asked> ofHost : asked) {
            List<Asked> answered =
                    ofHost.stream().filter(each -> !each.failed()).toList();
            replies.addAll(answered.isEmpty() ? ofHost.stream().limit(1).toList() : answered);
        }
        return replies;
    }

    private List<Asked> askHost(Question question, String host, DnsAnswer<InetAddress> found) {
        if (!(found instanceof DnsAnswer.Found<InetAddress> addresses)) {
            String why = found instanceof DnsAnswer.Failed<InetAddress> failed ? ": " + failed.detail() : "";
            fail(question, host, "its address cannot be found" + why);
            return List.of();
        }
        List<Asked> asked = new ArrayList<>();
        for (InetAddress address : addresses
                .records()
                .subList(0, Math.min(MAX_ADDRESSES, addresses.records().size()))) {
            place.apply(address)
                    .ifPresent(where -> asked.add(new Asked(host, address, dns.askDirectly(where, question))));
        }
        if (asked.isEmpty()) {
            String address = addresses.records().get(0).getHostAddress();
            fail(question, host, address + " is a private address that the settings do not allow to be asked");
        }
        return asked;
    }

    private void fail(Question question, String server, String why) {
        add(question, server, Step.End.failed(DnsFailure.UNREACHABLE, why));
    }

    private void add(Question question, String server, Step.End end) {
        answers.add(new AuthoritativeAnswer(
                server,
                AuthorityReader.text(question.name()),
                DnsRecords.map(end.answer(), DnsRecords::text),
                end.ttl()));
    }
}
