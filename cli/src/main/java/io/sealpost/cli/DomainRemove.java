package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyState;
import io.sealpost.mail.MailDomain;
import io.sealpost.queue.QueueFilter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost domain remove}. */
@Command(
        name = "remove",
        description = {
            "Takes a domain away and deletes its keys, private halves included; nobody can send for it any more.",
            "Refused while something hangs on it: accounts, a key that signs, waiting mail. With --force accounts stay, without the"
                    + " right to send for it, and waiting mail is held, since no key is left to sign it."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost domain remove office.example")
final class DomainRemove extends AdministrationCommand {
    private static final int COUNTED = 1000;

    @Parameters(paramLabel = "DOMAIN", description = "The domain.")
    private MailDomain domain;

    @Option(names = "--force", description = "Whatever hangs on it.")
    private boolean force;

    DomainRemove(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        DomainCommand.held(administration, domain);
        List<DkimKey> signing = administration.keys().keys(domain).stream()
                .filter(key -> key.state() == KeyState.ACTIVE)
                .toList();
        List<String> hanging = hanging(administration, signing);
        if (!hanging.isEmpty() && !force) {
            throw new Fault(
                    Sysexits.DATAERR,
                    domain + " is in use (" + String.join(", ", hanging)
                            + "); --force removes it all the same, see --help");
        }
        signing.forEach(key -> Outcomes.value(administration.keys().retire(key.id())));
        Outcomes.value(administration.keys().removeDomain(domain));
        console().print("Removed " + domain + " and its keys.");
        hanging.forEach(what -> console().note("It had " + what + "."));
        return Sysexits.OK;
    }

    private List<String> hanging(Administration administration, List<DkimKey> signing) {
        List<String> hanging = new ArrayList<>();
        long accounts = administration.accounts().accountsIn(domain);
        if (accounts > 0) {
            hanging.add(counted(accounts, "account", "accounts"));
        }
        if (!signing.isEmpty()) {
            hanging.add(counted(signing.size(), "key that signs", "keys that sign"));
        }
        int waiting = administration
                .queue()
                .list(QueueFilter.ALL.withSender("@" + domain.ascii()), COUNTED)
                .size();
        if (waiting > 0) {
            String more = waiting == COUNTED ? " or more" : "";
            hanging.add(counted(waiting, "delivery waiting", "deliveries" + more + " waiting"));
        }
        return hanging;
    }

    private static String counted(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
