package io.sealpost.cli;

import io.sealpost.account.brake.BrakeAdministration.State;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost account drop-held}. */
@Command(
        name = "drop-held",
        description = {
            "Throws away what the brake holds of an account, without a word to its sender.",
            "The account stays braked: let it go with \"sealpost account release\" once its password is changed."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost account drop-held anna@office.example --dry-run")
final class AccountDropHeld extends AdministrationCommand {
    @Parameters(paramLabel = "ADDRESS", description = "The account's address.")
    private EmailAddress address;

    @Option(names = "--dry-run", description = "Says how many deliveries it would be, and changes nothing.")
    private boolean dryRun;

    @Mixin
    private ReasonOption reason;

    AccountDropHeld(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        State state = Outcomes.value(administration.brakes().state(address));
        if (dryRun) {
            console()
                    .print(administration.queue().count(BrakeFacts.held(state))
                            + " deliveries are held by the brake; nothing was changed.");
            return Sysexits.OK;
        }
        int dropped = administration.queue().drop(BrakeFacts.held(state), reason.text());
        Outcomes.value(administration.brakes().noteDropped(address, dropped, reason.text()));
        console().print(dropped + " deliveries dropped.");
        if (state.since().isPresent()) {
            console()
                    .note(ForeignText.escape(address.toString())
                            + " is still braked; when it is its owner's again: sealpost account release " + address);
        }
        return Sysexits.OK;
    }
}
