package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.database.AuditQuery;
import io.sealpost.database.AuditTrail.Kept;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost audit …}. */
@Command(
        name = "audit",
        description = "Tells who changed what.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = AuditCommand.ListEntries.class,
        footerHeading = "%nExample:%n",
        footer = "  sealpost audit list --since 1d")
final class AuditCommand {
    /** {@code sealpost audit list}. */
    @Command(
            name = "list",
            description = "Lists what was changed by commands, the latest first: when, by whom, what, why.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  sealpost audit list --subject anna@office.example",
                "  sealpost audit list --action queue --since 1d --json"
            })
    static final class ListEntries extends AdministrationCommand {
        @Option(names = "--subject", paramLabel = "TEXT", description = "Whose subject has these words, in any case.")
        private Optional<String> subject = Optional.empty();

        @Option(
                names = "--action",
                paramLabel = "ACTION",
                description = "As account.disable, or account for all that begin with it.")
        private Optional<String> action = Optional.empty();

        @Option(names = "--since", paramLabel = "TIME", description = "Not longer ago than this, as 7d.")
        private Optional<Duration> since = Optional.empty();

        @Option(names = "--before", paramLabel = "N", description = "Older than entry N: the page behind it.")
        private Optional<Long> before = Optional.empty();

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "100",
                description = "Entries at most (default 100).")
        private int limit;

        @Mixin
        private JsonOption json;

        ListEntries(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            if (limit < 1) {
                throw new Fault(Sysexits.USAGE, "--limit is 1 or more");
            }
            AuditQuery query = new AuditQuery(
                    subject,
                    action,
                    since.map(time -> administration.clock().instant().minus(time)),
                    before);
            List<Kept> entries = administration.audit().list(query, limit);
            json.print(console(), listing(), entries);
            if (entries.size() == limit) {
                console()
                        .note("There may be more: --before "
                                + entries.get(limit - 1).id());
            }
            return Sysexits.OK;
        }

        private static Listing<Kept> listing() {
            return new Listing<Kept>("Nothing was changed.")
                    .column("N", "n", Kept::id)
                    .column("AT", "at", kept -> kept.entry().at())
                    .column("WHO", "actor", kept -> kept.entry().actor())
                    .column("ACTION", "action", kept -> kept.entry().action())
                    .column("SUBJECT", "subject", kept -> kept.entry().subject())
                    .inJson("tenant", kept -> kept.entry().tenant())
                    .inJson("details", kept -> new TreeMap<>(kept.entry().details()))
                    .onScreen("DETAILS", ListEntries::details);
        }

        private static String details(Kept kept) {
            return new TreeMap<>(kept.entry().details())
                    .entrySet().stream()
                            .map(detail -> detail.getKey() + "=" + detail.getValue())
                            .collect(Collectors.joining(", "));
        }
    }
}
