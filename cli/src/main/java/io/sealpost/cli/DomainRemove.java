package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.KeyPublication;
import io.sealpost.keys.KeyState;
import io.sealpost.mail.MailDomain;
import io.sealpost.queue.QueueFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description = "An external domain that this tenant has claimed; needed where nobody has proven it.")
    private Optional<String> tenant = Optional.empty();

    @Option(names = "--force", description = "Whatever hangs on it.")
    private boolean force;

    DomainRemove(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        Optional<ExternalDomain> holder = administration.externalDomains().holder(domain);
        Optional<ExternalDomain> claim = claim(administration);
        if (claim.isPresent() && !claim.equals(holder)) {
            return giveUp(administration, claim.get());
        }
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
        holder.ifPresent(this::revoke);
        hanging.forEach(what -> console().note("It had " + what + "."));
        return Sysexits.OK;
    }

    /** The one that is meant where the name is not held, or another tenant is named. */
    private Optional<ExternalDomain> claim(Administration administration) {
        if (tenant.isPresent()) {
            return Optional.of(
                    DomainCheck.chosen(administration, domain, tenant).get(0));
        }
        List<ExternalDomain> claims = administration.externalDomains().of(domain);
        boolean held = administration.keys().domain(domain).isPresent();
        if (!held && claims.size() > 1) {
            throw new Fault(
                    Sysexits.USAGE, "several tenants have claimed " + domain + "; say which with --tenant NAME");
        }
        return held ? Optional.empty() : claims.stream().findFirst();
    }

    private int giveUp(Administration administration, ExternalDomain claim) {
        Outcomes.value(administration.externalDomains().remove(claim));
        console().print("Removed the claim on " + domain + " and its keys.");
        revoke(claim);
        return Sysexits.OK;
    }

    /** Whoever still has a signature of ours must not trust it. */
    private void revoke(ExternalDomain removed) {
        KeyPublication publication = new PrintedRecords(console());
        console().note("Publish at once in your zone " + removed.zone() + ":");
        publication.publish(removed.revocations());
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
