package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.MailDomain;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost domain keys}. */
@Command(
        name = "keys",
        description = {
            "Says whose keys sign for a domain that has no active key of its own: those of a domain above it, of the same tenant, or"
                    + " nobody's. Without an option it shows what holds.",
            "Such a signature says d= of the domain above: it aligns with From unless the DMARC record says adkim=s."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost domain keys news.office.example --of office.example",
            "  sealpost domain keys news.office.example --own"
        })
final class DomainKeys extends AdministrationCommand {
    @Parameters(paramLabel = "DOMAIN", description = "The domain below.")
    private MailDomain domain;

    @Option(names = "--of", paramLabel = "PARENT", description = "The domain above.")
    private Optional<MailDomain> parent = Optional.empty();

    @Option(names = "--own", description = "Its own only.")
    private boolean own;

    DomainKeys(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        DomainCommand.held(administration, domain);
        if (own && parent.isPresent()) {
            throw new Fault(Sysexits.USAGE, "--of and --own contradict each other");
        }
        parent.ifPresent(above -> Outcomes.value(administration.parentKeys().use(domain, above)));
        if (own) {
            Outcomes.value(administration.parentKeys().useOwn(domain));
        }
        console()
                .print(administration
                        .parentKeys()
                        .of(domain)
                        .map(above -> "Where " + domain + " has no active key of its own, those of " + above
                                + " sign for it.")
                        .orElse("Only keys of its own sign for " + domain + "."));
        return Sysexits.OK;
    }
}
