package io.sealpost.cli.doctor;

import io.sealpost.relay.dns.DnsAnswer;
import io.sealpost.relay.route.PrivateAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/** Whether the name in EHLO leads to the address that the mail comes from (RFC 5321 §4.1.1.1), by IPv4 and by IPv6. */
final class HeloNameCheck implements Check {
    @Override
    public String name() {
        return "helo name";
    }

    @Override
    public List<Finding> look(Patient patient) {
        String hostname = patient.settings().hostname().ascii();
        DnsAnswer<InetAddress> answer = patient.dns().addresses(hostname);
        if (answer instanceof DnsAnswer.Failed<InetAddress> failed) {
            return List.of(Finding.warning(
                    "the addresses of " + hostname + " could not be asked for: " + failed.detail(),
                    "look at the line of the DNS servers"));
        }
        if (!(answer instanceof DnsAnswer.Found<InetAddress> found)) {
            return List.of(Finding.problem(
                    hostname + " has no address in the DNS: many receivers refuse a host that greets so",
                    "publish an address record (A, AAAA) for it, or set hostname to the name that this machine has"));
        }
        List<InetAddress> sources = patient.world().sources().find();
        return sources.isEmpty()
                ? List.of(Finding.ok(hostname + " leads to " + shown(found.records())))
                : sources.stream()
                        .map(source -> judge(hostname, found.records(), source))
                        .toList();
    }

    private static Finding judge(String hostname, List<InetAddress> addresses, InetAddress source) {
        String family = source instanceof Inet6Address ? "IPv6" : "IPv4";
        String record = source instanceof Inet6Address ? "AAAA" : "A";
        List<InetAddress> same = addresses.stream()
                .filter(address -> address.getClass() == source.getClass())
                .toList();
        if (same.contains(source)) {
            return Finding.ok(
                    hostname + " leads to " + source.getHostAddress() + ", from which mail goes out by " + family);
        }
        boolean translated = !PrivateAddresses.refused().permits(source);
        if (translated && same.stream().anyMatch(PrivateAddresses.refused()::permits)) {
            return Finding.ok(hostname + " leads to " + shown(same) + "; mail goes out by " + family + " from "
                    + source.getHostAddress() + ", translated on its way");
        }
        return Finding.warning(
                hostname + (same.isEmpty() ? " has no " + record + " record" : " leads to " + shown(same))
                        + ", but mail goes out by " + family + " from " + source.getHostAddress(),
                "publish the address that receivers see as " + record + " record of " + hostname);
    }

    private static List<String> shown(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).toList();
    }
}
