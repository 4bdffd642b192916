package io.sealpost.cli;

import io.sealpost.account.Account;
import io.sealpost.account.EntryState;
import io.sealpost.cli.WaitingMail.Fate;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.database.AuditErasure;
import io.sealpost.mail.AddressMentions;
import io.sealpost.queue.JournalErasure;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sealpost account erase}. */
@Command(
        name = "erase",
        description = {
            "Removes an account and what the journal and the audit trail know of it.",
            "The audit trail keeps who did what when, without the address. What of its mail waits must be ended first:",
            "--queue drop. Interrupted, the same command finishes it. The log and backups forget by their own age."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost account erase anna@office.example --dry-run",
            "  sealpost account erase anna@office.example --queue drop"
        })
final class AccountErase extends AccountCommand.OfOne {
    @Option(names = "--queue", paramLabel = "FATE", description = "drop: what of its mail waits ends without a word.")
    private Optional<Fate> fate = Optional.empty();

    @Option(names = "--dry-run", description = "Only counts.")
    private boolean dryRun;

    AccountErase(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        Optional<Account> account = administration.accounts().account(address());
        AddressMentions who = new AddressMentions(address());
        JournalErasure journal = administration.journalErasure();
        AuditErasure audit = administration.auditErasure();
        ShownProgress progress = new ShownProgress(console());
        if (dryRun) {
            long waiting = account.map(found -> new WaitingMail(administration, console(), found).count())
                    .orElse(0L);
            console()
                    .print((account.isPresent() ? "The account is there; " : "There is no such account; ") + waiting
                            + " deliveries of its mail wait, "
                            + journal.count(who, rows -> progress.at("journal", rows, 0)) + " rows of the journal and "
                            + audit.count(who) + " of the audit trail mention it. Nothing was changed.");
            return Sysexits.OK;
        }
        account.ifPresent(found -> remove(administration, found));
        long forgotten = journal.erase(who, rows -> progress.at("journal", rows, 0));
        long entries = audit.erase(who);
        if (account.isEmpty() && forgotten + entries == 0) {
            throw new Fault(Sysexits.NOINPUT, "there is no account " + address() + ", and nothing is known of it");
        }
        console()
                .print("Erased " + address() + ": " + forgotten + " rows of the journal removed, " + entries
                        + " of the audit trail without its name.");
        return Sysexits.OK;
    }

    /** Shut first, so that nothing is added while the rest is erased. */
    private void remove(Administration administration, Account account) {
        WaitingMail mail = new WaitingMail(administration, console(), account);
        if (fate.isPresent() && fate.get() != Fate.DROP) {
            throw new Fault(Sysexits.USAGE, "mail of an erased account can only be dropped: --queue drop");
        }
        if (fate.isEmpty() && mail.count() > 0) {
            throw new Fault(
                    Sysexits.USAGE, mail.count() + " deliveries of its mail wait; let them end, or add --queue drop");
        }
        Outcomes.value(administration
                .accounts()
                .setState(account.address(), EntryState.DISABLED, Optional.of("to be erased")));
        mail.meet(Fate.DROP, Optional.of("its account is erased"));
        if (mail.count() > 0) {
            throw new Fault(
                    Sysexits.TEMPFAIL, "deliveries of its mail are under way; the account is shut, run it again soon");
        }
        Outcomes.value(administration.accounts().removeAccount(account.address()));
    }
}
