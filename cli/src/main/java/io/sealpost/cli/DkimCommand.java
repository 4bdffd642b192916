package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.DnsRecord;
import io.sealpost.keys.KeyState;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sealpost dkim …}. */
@Command(
        name = "dkim",
        description = "Makes, publishes, activates and retires DKIM keys.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DkimMaking.Create.class,
            DkimMaking.Import.class,
            DkimCommand.ListAll.class,
            DkimCommand.Dns.class,
            DkimActivate.class,
            DkimCheck.class,
            DkimCommand.Retire.class
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  sealpost dkim create office.example      then publish what it prints, then",
            "  sealpost dkim activate office.example"
        })
final class DkimCommand {
    /** {@code sealpost dkim list}. */
    @Command(
            name = "list",
            description = "Lists a domain's keys and where they are in their life.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost dkim list office.example")
    static final class ListAll extends KeysOfDomain {
        @Mixin
        private JsonOption json;

        ListAll(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            Listing<DkimKey> listing = new Listing<DkimKey>("No key.")
                    .column("SELECTOR", "selector", DkimKey::selector)
                    .column("ALGORITHM", "algorithm", key -> key.algorithm().tag())
                    .column("BITS", "bits", DkimKey::bits)
                    .column("STATE", "state", key -> key.state().stored())
                    .column("SINCE", "since", DkimKey::stateSince)
                    .column("RECORD", "record", DkimKey::recordName);
            json.print(console(), listing, keys(administration, List.of(KeyState.values())));
            return Sysexits.OK;
        }
    }

    /** {@code sealpost dkim dns}. */
    @Command(
            name = "dns",
            description = "Prints the records to publish: those of all pending, active and retiring keys.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost dkim dns office.example --json")
    static final class Dns extends KeysOfDomain {
        @Mixin
        private JsonOption json;

        Dns(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            List<DkimKey> keys = keys(administration, List.of(KeyState.PENDING, KeyState.ACTIVE, KeyState.RETIRING));
            if (json.wanted()) {
                new Listing<DnsRecord>("")
                        .column("NAME", "name", DnsRecord::name)
                        .column("TYPE", "type", DnsRecord::type)
                        .column("VALUE", "value", DnsRecord::value)
                        .printJson(
                                console(), keys.stream().map(DkimKey::dnsRecord).toList());
            } else {
                printRecords(keys);
            }
            return Sysexits.OK;
        }
    }

    /** {@code sealpost dkim retire}. */
    @Command(
            name = "retire",
            description = "Takes a key out of use; waiting mail that carries it is signed again or held.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost dkim retire office.example --selector s20261124r")
    static final class Retire extends KeysOfDomain {
        Retire(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            if (selector().isEmpty()) {
                throw new Fault(Sysexits.USAGE, "--selector NAME is missing; \"sealpost dkim list\" shows them");
            }
            for (DkimKey key : keys(administration, List.of())) {
                Outcomes.value(administration.keys().retire(key.id()));
                console().print(key.recordName() + " is retired; its record may go, or stand with an empty p=.");
            }
            return Sysexits.OK;
        }
    }
}
