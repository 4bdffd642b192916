package io.sealpost.cli.doctor;

import io.sealpost.mail.MailDomain;
import io.sealpost.relay.dns.DnsAnswer;
import io.sealpost.relay.dns.MxRecord;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the domain takes mail itself: bounces and answers go there, and some receivers ask (RFC 7505 §4.2). */
final class SenderMxCheck implements Check {
    private final MailDomain domain;

    SenderMxCheck(MailDomain domain) {
        this.domain = domain;
    }

    @Override
    public String name() {
        return "mx";
    }

    @Override
    public List<Finding> look(Patient patient) {
        DnsAnswer<MxRecord> answer = patient.dns().mx(domain.ascii());
        if (answer instanceof DnsAnswer.Failed<MxRecord> failed) {
            return List.of(Finding.warning(
                    "the MX records of " + domain + " could not be asked for: " + failed.detail(),
                    "run doctor again later"));
        }
        if (answer instanceof DnsAnswer.NxDomain) {
            return List.of(Finding.problem(
                    domain + " does not exist in the DNS: receivers refuse its mail",
                    "register it, or mend its delegation"));
        }
        return List.of(answer instanceof DnsAnswer.Found<MxRecord> found ? judge(found.records()) : implicit(patient));
    }

    private Finding judge(List<MxRecord> records) {
        List<String> hosts = records.stream()
                .map(MxRecord::exchange)
                .filter(host -> !host.isEmpty())
                .toList();
        return hosts.isEmpty()
                ? Finding.problem(
                        domain
                                + " says that it takes no mail (null MX): receivers refuse mail from it, and bounces go nowhere",
                        "give it an MX record that leads to a server which takes its mail")
                : Finding.ok(
                        domain + " takes mail at " + hosts.stream().sorted().collect(Collectors.joining(", ")));
    }

    /** RFC 5321 §5.1: without MX records the domain's own addresses count. */
    private Finding implicit(Patient patient) {
        DnsAnswer<InetAddress> answer = patient.dns().addresses(domain.ascii());
        if (answer instanceof DnsAnswer.Found<InetAddress>) {
            return Finding.ok(domain + " has no MX record; its own address counts");
        }
        return answer instanceof DnsAnswer.Failed<InetAddress> failed
                ? Finding.warning(
                        "the addresses of " + domain + " could not be asked for: " + failed.detail(),
                        "run doctor again later")
                : Finding.problem(
                        domain
                                + " has neither MX nor address: bounces and answers go nowhere, some receivers refuse its mail",
                        "give it an MX record");
    }
}
