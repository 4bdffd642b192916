package io.sealpost.cli.wiring;

import io.sealpost.keys.Comparison;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.Observation;
import io.sealpost.keys.Observation.Missing;
import io.sealpost.keys.Observation.Role;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.relay.dns.AuthoritativeAnswer;
import io.sealpost.relay.dns.AuthoritativeLookups;
import io.sealpost.relay.dns.DnsAnswer;
import io.sealpost.relay.dns.DnsLookups;
import io.sealpost.relay.dns.ServerAnswer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at a key's record on every server of {@code [dns] servers}, and on the zone's own. A name server of a zone is asked at port 53
 * of a public address; of a private one only where {@code allow_private_addresses} lists it or {@code [dns] servers} names it. On
 * loopback, where a sandbox is the whole DNS, it is asked at the port of the configured server there.
 */
public final class KeyObserver {
    private static final int DNS_PORT = 53;

    private final Outwards outwards;
    private final Clock clock;

    KeyObserver(Outwards outwards, Clock clock) {
        this.outwards = outwards;
        this.clock = clock;
    }

    /**
     * What an activation needs to know. The zone's servers come first: where one of them disagrees the configured ones are not asked, so
     * that they do not remember that the record is missing.
     */
    public ObservedRecords forActivation(DkimKey key) {
        return new Look(key).untilTheZoneDisagrees();
    }

    /** What every server says. */
    public ObservedRecords everywhere(DkimKey key) {
        return new Look(key).everywhere();
    }

    /** What the configured servers say: for very many keys. */
    public ObservedRecords byResolvers(DkimKey key) {
        return new Look(key).byResolvers();
    }

    /** The names that the key's record is an alias of, in order, as the configured servers say. */
    public List<String> aliases(DkimKey key) {
        return outwards.dns(clock).aliases(key.recordName());
    }

    private Optional<InetSocketAddress> place(List<InetSocketAddress> configured, InetAddress address) {
        boolean known =
                configured.stream().anyMatch(server -> server.getAddress().equals(address));
        return known || outwards.privateAddresses().permits(address)
                ? Optional.of(new InetSocketAddress(address, port(configured, address)))
                : Optional.empty();
    }

    private static int port(List<InetSocketAddress> configured, InetAddress address) {
        return configured.stream()
                .filter(server ->
                        address.isLoopbackAddress() && server.getAddress().isLoopbackAddress())
                .map(InetSocketAddress::getPort)
                .findFirst()
                .orElse(DNS_PORT);
    }

    /** One look at one key, past what an earlier one remembers. */
    private final class Look {
        private final DkimKey key;
        private final DnsLookups dns = outwards.dns(clock);
        private final AuthoritativeLookups zone =
                new AuthoritativeLookups(dns, address -> place(dns.servers(), address));

        Look(DkimKey key) {
            this.key = key;
        }

        ObservedRecords untilTheZoneDisagrees() {
            List<AuthoritativeAnswer> zones =
                    zone.txt(key.recordName(), key.domain().ascii());
            boolean disagrees = observed(zones).comparedWith(key).stream().anyMatch(Comparison::speaksAgainst);
            return disagrees ? observed(zones) : everywhere(zones);
        }

        ObservedRecords everywhere() {
            return everywhere(zone.txt(key.recordName(), key.domain().ascii()));
        }

        ObservedRecords byResolvers() {
            return new ObservedRecords(dns.txtFromEvery(dns.servers(), key.recordName()).stream()
                    .map(Look::resolver)
                    .toList());
        }

        private ObservedRecords everywhere(List<AuthoritativeAnswer> found) {
            List<AuthoritativeAnswer> zones = new ArrayList<>(found);
            List<Observation> all = new ArrayList<>(byResolvers().observations());
            // Where the zone's own servers are away, only a resolver shows where an alias leads.
            Set<String> asked = zones.stream().map(AuthoritativeAnswer::name).collect(Collectors.toSet());
            for (String target : dns.aliases(key.recordName())) {
                if (asked.add(target)) {
                    zones.addAll(zone.txt(target, target.substring(target.indexOf('.') + 1)));
                }
            }
            all.addAll(observed(zones).observations());
            return new ObservedRecords(all);
        }

        private ObservedRecords observed(List<AuthoritativeAnswer> answers) {
            return new ObservedRecords(answers.stream().map(this::authority).toList());
        }

        private Observation authority(AuthoritativeAnswer answer) {
            String server = answer.name().equals(key.recordName())
                    ? answer.server()
                    : answer.server() + " at the alias " + answer.name();
            return new Observation(server, Role.AUTHORITATIVE, said(answer.answer(), answer.ttl()));
        }

        private static Observation resolver(ServerAnswer<String> answer) {
            String server = answer.server().getAddress().getHostAddress() + ":"
                    + answer.server().getPort();
            return new Observation(server, Role.RESOLVER, said(answer.answer(), answer.ttl()));
        }

        private static Observation.Answer said(DnsAnswer<String> answer, Duration ttl) {
            if (answer instanceof DnsAnswer.Found<String> found) {
                return new Observation.Records(found.records(), ttl);
            }
            if (answer instanceof DnsAnswer.Failed<String> failed) {
                return new Observation.NoAnswer(failed.detail());
            }
            return new Observation.NoRecord(answer instanceof DnsAnswer.NxDomain ? Missing.NAME : Missing.TXT, ttl);
        }
    }
}
