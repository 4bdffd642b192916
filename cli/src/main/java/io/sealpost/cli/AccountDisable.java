package io.sealpost.cli;

import io.sealpost.account.Account;
import io.sealpost.account.EntryState;
import io.sealpost.cli.WaitingMail.Fate;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost account disable}. */
@Command(
        name = "disable",
        description = {
            "Keeps an account from logging in and sending; its open sessions end within seconds on every node.",
            "What of its mail waits is kept, held or dropped."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost account disable anna@office.example --queue hold --dry-run",
            "  sealpost account disable anna@office.example --queue hold --reason \"looks taken over\""
        })
final class AccountDisable extends AccountCommand.OfOne {
    @Option(
            names = "--queue",
            paramLabel = "FATE",
            defaultValue = "keep",
            description = "What becomes of its waiting mail: keep (it goes its way), hold, or drop.")
    private Fate fate = Fate.KEEP;

    @Option(names = "--dry-run", description = "Only says how much of its mail waits.")
    private boolean dryRun;

    @Mixin
    private ReasonOption reason;

    AccountDisable(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        Account account = known(administration);
        WaitingMail mail = new WaitingMail(administration, console(), account);
        if (dryRun) {
            console()
                    .print(account.address() + " is " + account.state().stored() + "; " + mail.count()
                            + " deliveries of its mail wait. Nothing was changed.");
            return Sysexits.OK;
        }
        setState(administration, EntryState.DISABLED, reason.text());
        if (fate != Fate.KEEP) {
            int changed = mail.meet(fate, reason.text());
            console().print(changed + " deliveries " + (fate == Fate.HOLD ? "held." : "dropped."));
        }
        return Sysexits.OK;
    }
}
