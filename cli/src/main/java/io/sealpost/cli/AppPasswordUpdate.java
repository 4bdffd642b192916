package io.sealpost.cli;

import io.sealpost.account.AppPassword;
import io.sealpost.cli.BoundsOptions.Part;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost app-password update}. */
@Command(
        name = "update",
        description = "Changes the label of an app password and what it is bound to, on every node within two seconds."
                + " An option takes the place of what it was bound to by it; the rest stays.",
        footerHeading = "%nExample:%n",
        footer = "  sealpost app-password update anna@office.example 3 --network 192.0.2.0/28 --unbind idle")
final class AppPasswordUpdate extends AdministrationCommand {
    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "The account's address.")
    private EmailAddress account;

    @Parameters(index = "1", paramLabel = "ID", description = "As \"app-password list\" shows it.")
    private long id;

    @Option(names = "--label", paramLabel = "TEXT", description = "The device or application.")
    private String label;

    @Mixin
    private BoundsOptions bounds;

    @Option(
            names = "--unbind",
            paramLabel = "PART",
            description = "It is no longer bound by this: ${COMPLETION-CANDIDATES}. Repeatable.")
    private Set<Part> unbound = EnumSet.noneOf(Part.class);

    AppPasswordUpdate(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        AppPassword now = Outcomes.value(administration
                .appPasswords()
                .update(
                        account,
                        id,
                        Optional.ofNullable(label),
                        was -> bounds.over(was, unbound, administration.listeners())));
        CredentialScreen.show(console(), now);
        return Sysexits.OK;
    }
}
