package io.sealpost.cli.doctor;

import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.dns.DnsAnswer;
import io.sealpost.relay.dns.DnsLookups;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the domain has an SPF record, and whether it names us where that can be told from the record alone (RFC 7208). */
final class SpfCheck implements Check {
    private final MailDomain domain;

    SpfCheck(MailDomain domain) {
        this.domain = domain;
    }

    @Override
    public String name() {
        return "spf";
    }

    @Override
    public List<Finding> look(Patient patient) {
        DnsAnswer<String> answer = patient.dns().txt(domain.ascii());
        if (answer instanceof DnsAnswer.Failed<String> failed) {
            return List.of(Finding.warning(
                    "the TXT records of " + domain + " could not be asked for: " + failed.detail(),
                    "run doctor again later"));
        }
        List<String> records = answer instanceof DnsAnswer.Found<String> found
                ? found.records().stream().filter(SpfRecord::isOne).toList()
                : List.of();
        return List.of(judge(records, patient.seenAddresses(), patient.dns()));
    }

    private Finding judge(List<String> records, List<InetAddress> ours, DnsLookups dns) {
        if (records.isEmpty()) {
            return Finding.warning(
                    domain + " has no SPF record: some receivers count that against its mail",
                    "publish a TXT record at " + domain + ", as \"v=spf1 " + terms(ours) + " -all\"");
        }
        if (records.size() > 1) {
            return Finding.problem(
                    domain + " has " + records.size() + " SPF records: receivers then take none (RFC 7208 §4.5)",
                    "make one of them");
        }
        try {
            return judge(SpfRecord.parse(records.get(0)), ours, dns);
        } catch (IllegalArgumentException e) {
            return Finding.problem(
                    "the SPF record of " + domain + " cannot be read: " + ForeignText.escape(e.getMessage()),
                    "mend it: receivers take it for an error");
        }
    }

    private Finding judge(SpfRecord record, List<InetAddress> ours, DnsLookups dns) {
        if (record.all().equals("+")) {
            return Finding.warning(
                    "the SPF record of " + domain + " lets everybody send (+all)", "end it with -all or ~all");
        }
        Set<InetAddress> ofHosts = new HashSet<>();
        for (DnsAnswer<InetAddress> host :
                dns.addresses(record.hosts(domain.ascii())).values()) {
            if (host instanceof DnsAnswer.Found<InetAddress> found) {
                ofHosts.addAll(found.records());
            }
        }
        List<InetAddress> unnamed = ours.stream()
                .filter(address -> !record.names(address) && !ofHosts.contains(address))
                .toList();
        if (!ours.isEmpty() && unnamed.isEmpty()) {
            return Finding.ok("the SPF record of " + domain + " names " + shown(ours));
        }
        if (ours.isEmpty() || !record.elsewhere().isEmpty()) {
            return Finding.ok(domain + " has an SPF record; whether it covers this machine was not worked out ("
                    + (ours.isEmpty() ? "its public address is not known here" : String.join(" ", record.elsewhere()))
                    + ")");
        }
        return Finding.warning(
                "the SPF record of " + domain + " does not name " + shown(unnamed)
                        + ": receivers see mail from a stranger",
                "add " + terms(unnamed) + " to it");
    }

    private static String terms(List<InetAddress> addresses) {
        return addresses.isEmpty()
                ? "ip4:ADDRESS"
                : addresses.stream()
                        .map(address -> (address instanceof Inet6Address ? "ip6:" : "ip4:") + address.getHostAddress())
                        .collect(Collectors.joining(" "));
    }

    private static String shown(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" and "));
    }
}
