package io.sealpost.cli;

import io.sealpost.cli.console.ZoneLine;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.mail.MailDomain;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command about the keys of one domain. */
abstract class DomainKeysCommand extends AdministrationCommand {
    @Parameters(index = "0", paramLabel = "DOMAIN", description = "The domain.")
    private MailDomain domain;

    DomainKeysCommand(CommandContext context) {
        super(context);
    }

    MailDomain domain() {
        return domain;
    }

    /** What must stand in the DNS: in the operator's zone for the keys of an external domain. */
    void printRecords(Administration administration, List<DkimKey> keys) {
        keys.stream()
                .map(administration::recordOf)
                .forEach(record -> console().print(ZoneLine.of(record.name(), record.type(), record.value())));
    }
}
