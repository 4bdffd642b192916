package io.sealpost.cli;

import io.sealpost.account.AppPassword;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sealpost app-password show}. */
@Command(
        name = "show",
        description =
                "Shows an app password: what it is bound to, when and from where it was last used; never the secret.",
        footerHeading = "%nExample:%n",
        footer = "  sealpost app-password show anna@office.example 3")
final class AppPasswordShow extends AdministrationCommand {
    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "The account's address.")
    private EmailAddress account;

    @Parameters(index = "1", paramLabel = "ID", description = "As \"app-password list\" shows it.")
    private long id;

    @Mixin
    private JsonOption json;

    AppPasswordShow(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        AppPassword shown = Outcomes.value(administration.appPasswords().find(account, id));
        if (json.wanted()) {
            console()
                    .json(AppPasswordCommand.listing(account)
                            .objects(List.of(shown))
                            .get(0));
        } else {
            CredentialScreen.show(console(), shown);
        }
        return Sysexits.OK;
    }
}
