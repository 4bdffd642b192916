package io.sealpost.cli;

import io.sealpost.account.AppPassword;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost app-password revoke}. */
@Command(
        name = "revoke",
        description =
                "Takes an app password back; it is refused on every node within two seconds, and its sessions end.",
        footerHeading = "%nExample:%n",
        footer = "  sealpost app-password revoke anna@office.example 3")
final class AppPasswordRevoke extends AdministrationCommand {
    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "The account's address.")
    private EmailAddress account;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "As \"app-password list\" shows it.")
    private Long id;

    @Option(names = "--all", description = "All app passwords of the account.")
    private boolean all;

    AppPasswordRevoke(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        if (all == (id != null)) {
            throw new Fault(Sysexits.USAGE, "name one app password by its ID, or all of the account with --all");
        }
        List<AppPassword> revoked = all
                ? Outcomes.value(administration.appPasswords().revokeAll(account))
                : List.of(Outcomes.value(administration.appPasswords().revoke(account, id)));
        revoked.forEach(
                each -> console().print("Revoked \"" + ForeignText.escape(each.label()) + "\" of " + account + "."));
        if (revoked.isEmpty()) {
            console().print(account + " has no app password.");
        }
        return Sysexits.OK;
    }
}
