package io.sealpost.cli;

import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.RecordRetention;
import io.sealpost.mail.MailDomain;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost dkim …}. */
@Command(
        name = "dkim",
        description = "Makes, publishes, activates, rotates and retires DKIM keys.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DkimMaking.Create.class,
            DkimImport.class,
            DkimCommand.ListAll.class,
            DkimDns.class,
            DkimActivate.class,
            DkimCheck.class,
            DkimExplain.class,
            DkimOptions.class,
            DkimRotate.class,
            DkimRollback.class,
            DkimRetire.class
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
            description = {
                "Lists the keys of a domain, or of all: where they are in their life, since when, and until when the record of one that"
                        + " signs no more must stand."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  sealpost dkim list office.example", "  sealpost dkim list --state pending --json"})
    static final class ListAll extends AdministrationCommand {
        @Parameters(arity = "0..1", paramLabel = "DOMAIN", description = "One domain.")
        private Optional<MailDomain> domain = Optional.empty();

        @Option(names = "--state", paramLabel = "STATE", description = "Only keys in this state; may be given again.")
        private List<KeyState> states = List.of(KeyState.values());

        @Mixin
        private JsonOption json;

        ListAll(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            domain.ifPresent(name -> DomainCommand.held(administration, name));
            List<DkimKey> keys = domain.map(administration.keys()::keys)
                    .orElseGet(() -> administration.keys().keys());
            List<DkimKey> shown =
                    keys.stream().filter(key -> states.contains(key.state())).toList();
            RecordRetention retention = administration.retention();
            json.print(console(), listing(retention), shown);
            Instant now = administration.clock().instant();
            shown.stream()
                    .filter(key -> retention.isOver(key, now))
                    .forEach(key -> console()
                            .note("The time of " + key.recordName()
                                    + " is over. Retire it, then its record may go: sealpost dkim retire "
                                    + key.domain()
                                    + " --selector " + key.selector()));
            return Sysexits.OK;
        }

        private Listing<DkimKey> listing(RecordRetention retention) {
            String example = domain.map(MailDomain::ascii).orElse("office.example");
            return new Listing<DkimKey>("No key; make one: sealpost dkim create " + example)
                    .column("DOMAIN", "domain", key -> key.domain().ascii())
                    .column("SELECTOR", "selector", DkimKey::selector)
                    .column("ALGORITHM", "algorithm", key -> key.algorithm().tag())
                    .column("BITS", "bits", DkimKey::bits)
                    .column("STATE", "state", key -> key.state().stored())
                    .column("SINCE", "since", DkimKey::stateSince)
                    .column(
                            "PUBLISHED UNTIL",
                            "published_until",
                            key -> retention.until(key).orElse(null))
                    .column("RECORD", "record", DkimKey::recordName);
        }
    }
}
