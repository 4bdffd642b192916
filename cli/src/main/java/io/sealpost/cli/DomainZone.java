package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DnsRecord;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.KeyPublication;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code sealpost domain zone}. */
@Command(
        name = "zone",
        description =
                "Prints what your zone ([keys] operator_zone) must hold: the keys of all external domains, and empty p= for what was"
                        + " given up in the last 30 days. Lines for a zone file, fit to be included.",
        footerHeading = "%nExample:%n",
        footer = "  sealpost domain zone > /etc/nsd/dkim.example.net.inc")
final class DomainZone extends AdministrationCommand {
    DomainZone(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        List<ExternalDomain> domains = administration.externalDomains().all();
        List<ExternalDomain> removed = administration.externalDomains().removed();
        if (domains.isEmpty()
                && removed.isEmpty()
                && administration.operatorZone().isEmpty()) {
            throw new Fault(Sysexits.CONFIG, "[keys] operator_zone is not set, and there is no external domain");
        }
        ExternalDomainScreen screen = new ExternalDomainScreen(console(), administration);
        Stream<DnsRecord> keys = domains.stream().flatMap(domain -> screen.operator(domain).stream());
        Stream<DnsRecord> gone = removed.stream().flatMap(domain -> domain.revocations().stream());
        KeyPublication publication = new PrintedRecords(console());
        publication.publish(Stream.concat(keys, gone).toList());
        return Sysexits.OK;
    }
}
