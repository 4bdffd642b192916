package io.sealpost.cli;

import io.sealpost.account.AppPassword;
import io.sealpost.account.CredentialBounds;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.Rate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost device …}. */
@Command(
        name = "device",
        description = "Printers and the like that cannot log in: known by their network, listener and sender.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DeviceCommand.Add.class,
            DeviceCommand.ListAll.class,
            DeviceCommand.Show.class,
            DeviceCommand.Revoke.class
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost device add anna@office.example --network 192.0.2.7/32 --listener submission"
                + " --from anna@office.example")
final class DeviceCommand {
    /** What a device may send where nobody says otherwise. */
    private static final CredentialBounds USUAL = new CredentialBounds(
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Rate.parse("60/h")),
            Optional.of(Rate.parse("300/d")));

    private static Listing<AppPassword> listing(EmailAddress account) {
        return CredentialScreen.listing("No device; add one: sealpost device add " + account
                + " --network NETWORK --listener NAME --from SENDER");
    }

    private static AppPassword find(Administration administration, EmailAddress account, long id) {
        return Outcomes.value(administration.devices().list(account)).stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new Fault(Sysexits.NOINPUT, "the account " + account + " has no device " + id));
    }

    /** {@code sealpost device add}. */
    @Command(
            name = "add",
            description =
                    "Takes mail without a login from this network (at most a /24, or a /64 of IPv6), on this listener, inside"
                            + " TLS, as these senders; from nobody else. 60 messages an hour and 300 recipients a day unless given.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost device add anna@office.example --network 192.0.2.7/32 --listener submission"
                    + " --from anna@office.example")
    static final class Add extends AdministrationCommand {
        @Parameters(paramLabel = "ACCOUNT", description = "The account that it sends for.")
        private EmailAddress account;

        @Option(names = "--label", defaultValue = "device", paramLabel = "TEXT", description = "What it is.")
        private String label;

        @Mixin
        private BoundsOptions bounds;

        @Mixin
        private JsonOption json;

        Add(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            AppPassword made = Outcomes.value(administration
                    .devices()
                    .add(account, label, bounds.over(USUAL, Set.of(), administration.listeners())));
            if (json.wanted()) {
                console().json(listing(account).objects(List.of(made)).get(0));
            } else {
                CredentialScreen.show(console(), made);
            }
            return Sysexits.OK;
        }
    }

    /** {@code sealpost device list}. */
    @Command(
            name = "list",
            description = "Lists the devices of an account, with when and from where they last sent.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost device list anna@office.example")
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
                    Outcomes.value(administration.devices().list(account)));
            return Sysexits.OK;
        }
    }

    /** {@code sealpost device show}. */
    @Command(
            name = "show",
            description = "Shows a device.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost device show anna@office.example 4")
    static final class Show extends AdministrationCommand {
        @Parameters(index = "0", paramLabel = "ACCOUNT", description = "The account's address.")
        private EmailAddress account;

        @Parameters(index = "1", paramLabel = "ID", description = "As \"device list\" shows it.")
        private long id;

        @Mixin
        private JsonOption json;

        Show(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            AppPassword shown = find(administration, account, id);
            if (json.wanted()) {
                console().json(listing(account).objects(List.of(shown)).get(0));
            } else {
                CredentialScreen.show(console(), shown);
            }
            return Sysexits.OK;
        }
    }

    /** {@code sealpost device revoke}. */
    @Command(
            name = "revoke",
            description = "Takes a device back, on every node within two seconds; its sessions end.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost device revoke anna@office.example 4")
    static final class Revoke extends AdministrationCommand {
        @Parameters(index = "0", paramLabel = "ACCOUNT", description = "The account's address.")
        private EmailAddress account;

        @Parameters(index = "1", paramLabel = "ID", description = "As \"device list\" shows it.")
        private long id;

        Revoke(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            AppPassword revoked = Outcomes.value(administration.devices().revoke(account, id));
            console().print("Revoked \"" + ForeignText.escape(revoked.label()) + "\" of " + account + ".");
            return Sysexits.OK;
        }
    }
}
