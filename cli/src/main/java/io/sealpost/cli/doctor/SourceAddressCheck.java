package io.sealpost.cli.doctor;

import io.sealpost.relay.dns.DnsAnswer;
import io.sealpost.relay.dns.DnsLookups;
import io.sealpost.relay.route.PrivateAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Whether the addresses that receivers see have names, and the names lead back to them (RFC 1912 §2.1). */
final class SourceAddressCheck implements Check {
    @Override
    public String name() {
        return "addresses";
    }

    @Override
    public List<Finding> look(Patient patient) {
        List<InetAddress> sources = patient.world().sources().find();
        if (sources.isEmpty()) {
            return List.of(Finding.problem(
                    "this machine has no way out, neither by IPv4 nor by IPv6",
                    "look at its addresses and default route"));
        }
        List<Finding> findings = new ArrayList<>();
        String hostname = patient.settings().hostname().ascii();
        for (InetAddress source : sources) {
            if (PrivateAddresses.refused().permits(source)) {
                findings.add(named(patient.dns(), source, "", hostname));
            } else {
                findings.addAll(translated(patient.dns(), source, hostname));
            }
        }
        return findings;
    }

    /** Behind address translation the public address cannot be seen from here; our own name is the best hint. */
    private static List<Finding> translated(DnsLookups dns, InetAddress source, String hostname) {
        String here = source.getHostAddress() + " is private: mail leaves by address translation";
        List<Finding> findings = new ArrayList<>();
        if (dns.addresses(hostname) instanceof DnsAnswer.Found<InetAddress> found) {
            found.records().stream()
                    .filter(address -> address.getClass() == source.getClass())
                    .filter(PrivateAddresses.refused()::permits)
                    .forEach(address -> findings.add(named(
                            dns, address, here + ", as it seems as " + address.getHostAddress() + ", of ", hostname)));
        }
        return findings.isEmpty()
                ? List.of(Finding.warning(
                        here + ", and no public address of " + hostname
                                + " tells as which: its name cannot be looked at",
                        "find the address that receivers see, and let it and " + hostname + " lead to one another"))
                : findings;
    }

    private static Finding named(DnsLookups dns, InetAddress address, String before, String hostname) {
        String shown = before + address.getHostAddress();
        String remedy = "let whoever gave you the address set its PTR record to " + hostname
                + ", which must lead back to it; or send from another address";
        DnsAnswer<String> names = dns.names(address);
        if (names instanceof DnsAnswer.Failed<String> failed) {
            return Finding.warning(
                    "the name of " + shown + " could not be asked for: " + failed.detail(),
                    "look at the line of the DNS servers");
        }
        if (!(names instanceof DnsAnswer.Found<String> found)) {
            return Finding.problem(shown + " has no name (PTR): many receivers refuse mail from it", remedy);
        }
        return found.records().stream()
                .filter(name -> dns.addresses(name) instanceof DnsAnswer.Found<InetAddress> back
                        && back.records().contains(address))
                .findFirst()
                .map(name -> Finding.ok(shown + " is named " + name + ", which leads back to it"))
                .orElseGet(() -> Finding.problem(
                        shown + " is named " + found.records()
                                + ", which does not lead back to it: many receivers refuse its mail",
                        remedy));
    }
}
