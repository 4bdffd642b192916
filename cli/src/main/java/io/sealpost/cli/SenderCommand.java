package io.sealpost.cli;

import io.sealpost.account.SenderPattern;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sealpost sender …}. */
@Command(
        name = "sender",
        description = "Lets an account send as other addresses too.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SenderCommand.Add.class, SenderCommand.ListAll.class, SenderCommand.Remove.class},
        footerHeading = "%nExample:%n",
        footer = "  sealpost sender add anna@office.example sales@office.example")
final class SenderCommand {
    /** An account and a pattern. */
    abstract static class OfOne extends AdministrationCommand {
        @Parameters(index = "0", paramLabel = "ACCOUNT", description = "The account's address.")
        private EmailAddress account;

        @Parameters(index = "1", paramLabel = "SENDER", description = "An address, or *@domain for all of a domain.")
        private SenderPattern sender;

        OfOne(CommandContext context) {
            super(context);
        }

        EmailAddress account() {
            return account;
        }

        SenderPattern sender() {
            return sender;
        }
    }

    /** {@code sealpost sender add}. */
    @Command(
            name = "add",
            description = "Lets an account send as an address, or as all of a domain that its tenant holds.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost sender add shop@office.example '*@shop.example'")
    static final class Add extends OfOne {
        Add(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            Outcomes.value(administration.accounts().addSender(account(), sender()));
            console().print(account() + " may send as " + sender() + ".");
            return Sysexits.OK;
        }
    }

    /** {@code sealpost sender remove}. */
    @Command(
            name = "remove",
            description = "Takes that back.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost sender remove anna@office.example sales@office.example")
    static final class Remove extends OfOne {
        Remove(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            Outcomes.value(administration.accounts().removeSender(account(), sender()));
            console().print(account() + " may not send as " + sender() + " any more.");
            return Sysexits.OK;
        }
    }

    /** {@code sealpost sender list}. */
    @Command(
            name = "list",
            description = "Lists whom an account may send as beside itself.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost sender list anna@office.example --json")
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
            Listing<SenderPattern> listing = new Listing<SenderPattern>(account + " may send as itself only.")
                    .column("SENDER", "sender", SenderPattern::toString);
            json.print(
                    console(), listing, Outcomes.value(administration.accounts().senders(account)));
            return Sysexits.OK;
        }
    }
}
