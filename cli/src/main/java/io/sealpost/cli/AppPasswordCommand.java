package io.sealpost.cli;

import io.sealpost.account.AppPassword;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.NewAppPassword;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost app-password …}. */
@Command(
        name = "app-password",
        description = "Makes, lists, changes and revokes app passwords: one for each device or application.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AppPasswordCommand.Create.class,
            AppPasswordCommand.ListAll.class,
            AppPasswordShow.class,
            AppPasswordUpdate.class,
            AppPasswordRevoke.class
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost app-password create anna@office.example --label \"Printer, 2nd floor\"")
final class AppPasswordCommand {
    /** Those of an account, never the secrets. */
    static Listing<AppPassword> listing(EmailAddress account) {
        return CredentialScreen.listing(
                "No app password; make one: sealpost app-password create " + account + " --label TEXT");
    }

    /** {@code sealpost app-password create}. */
    @Command(
            name = "create",
            description = "Makes an app password and shows it once. Without options it is bound to nothing.",
            footerHeading = "%nExample:%n",
            footer =
                    "  sealpost app-password create anna@office.example --label Printer --network 192.0.2.7 --idle 90d")
    static final class Create extends AdministrationCommand {
        @Parameters(paramLabel = "ACCOUNT", description = "The account's address.")
        private EmailAddress account;

        @Option(names = "--label", required = true, paramLabel = "TEXT", description = "The device or application.")
        private String label;

        @Mixin
        private BoundsOptions bounds;

        @Mixin
        private JsonOption json;

        Create(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            NewAppPassword made = Outcomes.value(administration
                    .appPasswords()
                    .create(account, label, bounds.over(CredentialBounds.NONE, Set.of(), administration.listeners())));
            if (json.wanted()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("id", made.shown().id());
                row.put("account", account.toString());
                row.put("label", made.shown().label());
                row.put("password", made.password().reveal());
                console().json(row);
            } else {
                console()
                        .print("App password for " + account
                                + ", shown only now (case, blanks and hyphens do not matter):");
                console().print("  " + made.password().reveal());
            }
            return Sysexits.OK;
        }
    }

    /** {@code sealpost app-password list}. */
    @Command(
            name = "list",
            description = "Lists the app passwords of an account, never the secrets.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost app-password list anna@office.example")
    static final class ListAll extends AdministrationCommand {
        @Parameters(paramLabel = "ACCOUNT", description = "The account's address.")
        private EmailAddress account;

        @Mixin
        private JsonOption json;

        ListAll(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            json.print(
                    console(),
                    listing(account),
                    Outcomes.value(administration.appPasswords().list(account)));
            return Sysexits.OK;
        }
    }
}
