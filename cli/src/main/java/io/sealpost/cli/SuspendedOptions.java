package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.queue.Suspended;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is suspended or resumed: a domain, an account's address, or with {@code --site} an MX host. */
final class SuspendedOptions {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "A domain of recipients, an account's address, or with --site an MX host.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--site", description = "NAME is an MX host: all domains whose mail it takes.")
    private boolean site;

    Suspended what(Administration administration) {
        String text = name.orElseThrow(
                () -> new Fault(Sysexits.USAGE, "say what: a domain, an account's address, or an MX host with --site"));
        try {
            if (site) {
                return new Suspended.Site(text);
            }
            return text.contains("@")
                    ? account(administration, EmailAddress.parse(text))
                    : new Suspended.Domain(MailDomain.parse(text));
        } catch (IllegalArgumentException wrong) {
            throw new Fault(Sysexits.USAGE, wrong.getMessage());
        }
    }

    private static Suspended account(Administration administration, EmailAddress address) {
        long row = QueueFilterOptions.row(administration, address);
        return new Suspended.Account(row, address);
    }
}
