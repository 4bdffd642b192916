package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.Times;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueRow;
import io.sealpost.queue.WaitingMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost queue …}. */
@Command(
        name = "queue",
        description = "Shows and steers what waits.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            QueueCommand.ListAll.class,
            QueueCommand.Raw.class,
            QueueCommand.Hold.class,
            QueueCommand.Release.class,
            QueueCommand.Retry.class,
            QueueCommand.Drop.class
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost queue list --domain shop.example")
final class QueueCommand {
    /** Which deliveries are meant. */
    static final class FilterOptions {
        @Parameters(paramLabel = "ID", arity = "0..1", description = "One message.")
        private Optional<QueueId> message = Optional.empty();

        @Option(names = "--domain", paramLabel = "DOMAIN", description = "Of recipients.")
        private Optional<MailDomain> domain = Optional.empty();

        @Option(names = "--sender", paramLabel = "ADDRESS", description = "The envelope sender; \"\" for <>.")
        private Optional<String> sender = Optional.empty();

        @Option(names = "--state", paramLabel = "STATE", description = "queued, active, deferred or hold.")
        private Optional<DeliveryState> state = Optional.empty();

        @Option(names = "--all", description = "All that waits.")
        private boolean all;

        QueueFilter filter() {
            return new QueueFilter(message, domain, sender, state);
        }

        /** Steering wants to be told what: all must be said. */
        QueueFilter explicit() {
            QueueFilter filter = filter();
            if (filter.equals(QueueFilter.ALL) && !all) {
                throw new Fault(Sysexits.USAGE, "say which: an ID, --domain, --sender, --state, or --all");
            }
            return filter;
        }
    }

    /** {@code sealpost queue list}. */
    @Command(
            name = "list",
            description = "Lists waiting deliveries, oldest message first.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost queue list --state deferred --json")
    static final class ListAll extends AdministrationCommand {
        @Mixin
        private FilterOptions filter;

        @Mixin
        private JsonOption json;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "1000",
                description = "Rows at most (default 1000).")
        private int limit;

        ListAll(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            List<QueueRow> rows = administration.queue().list(filter.filter(), limit);
            if (json.wanted()) {
                console().json(rows.stream().map(ListAll::json).toList());
                return Sysexits.OK;
            }
            console()
                    .table(
                            List.of(
                                    "ID",
                                    "STATE",
                                    "SIZE",
                                    "ACCEPTED",
                                    "SENDER",
                                    "RECIPIENT",
                                    "TRIES",
                                    "NEXT TRY",
                                    "LAST REPLY"),
                            rows.stream().map(ListAll::cells).toList(),
                            "Nothing waits.");
            if (rows.size() == limit) {
                console().note("There may be more; --limit shows them.");
            }
            return Sysexits.OK;
        }

        private static List<String> cells(QueueRow row) {
            QueueRow.Status status = row.status();
            return List.of(
                    row.message().toString(),
                    state(row),
                    Long.toString(row.size()),
                    Times.shown(row.received()),
                    row.sender().map(EmailAddress::toString).orElse("<>"),
                    row.recipient().toString(),
                    Integer.toString(status.progress().attempts()),
                    status.state() == DeliveryState.HOLD ? "on release" : Times.shown(status.nextAt()),
                    reason(status));
        }

        private static Map<String, Object> json(QueueRow row) {
            QueueRow.Status status = row.status();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", row.message().toString());
            fields.put("delivery", row.delivery().toString());
            fields.put("state", state(row));
            fields.put("size", row.size());
            fields.put("accepted", row.received().toString());
            fields.put("sender", row.sender().map(EmailAddress::toString).orElse(""));
            fields.put("recipient", row.recipient().toString());
            fields.put("attempts", status.progress().attempts());
            fields.put("next_try", status.nextAt().toString());
            fields.put("hold_reason", status.holdReason().orElse(null));
            fields.put(
                    "last_reply",
                    status.progress().lastReply().map(RemoteReply::shown).orElse(null));
            return fields;
        }

        private static String state(QueueRow row) {
            return row.status().state().name().toLowerCase(Locale.ROOT);
        }

        private static String reason(QueueRow.Status status) {
            return status.holdReason()
                    .or(() -> status.progress().lastReply().map(RemoteReply::shown))
                    .orElse("");
        }
    }

    /** {@code sealpost queue raw}. */
    @Command(
            name = "raw",
            description = "Prints a waiting message byte for byte, as it will be sent.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost queue raw 06c1q2w3e4r5t > message.eml")
    static final class Raw extends AdministrationCommand {
        @Parameters(paramLabel = "ID", description = "The message.")
        private QueueId message;

        Raw(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            WaitingMessage waiting = administration
                    .queue()
                    .show(message)
                    .orElseThrow(() -> new Fault(Sysexits.NOINPUT, "no message " + message + " waits"));
            try (InputStream content = waiting.content().open()) {
                console().out().write(waiting.signedPrefix().bytes());
                content.transferTo(console().out());
                console().out().flush();
            } catch (IOException e) {
                throw new Fault(Sysexits.SOFTWARE, "the message cannot be read or written: " + e.getMessage());
            }
            return Sysexits.OK;
        }
    }

    /** A change of what waits. */
    abstract static class Steering extends AdministrationCommand {
        @Mixin
        private FilterOptions filter;

        @Option(names = "--dry-run", description = "Only says how many it would change.")
        private boolean dryRun;

        Steering(CommandContext context) {
            super(context);
        }

        abstract int change(Administration administration, QueueFilter what);

        abstract String done();

        @Override
        final int run(Administration administration) {
            QueueFilter what = filter.explicit();
            if (dryRun) {
                int found = administration.queue().list(what, Integer.MAX_VALUE).size();
                console().print(found + " deliveries match; nothing was changed.");
                return Sysexits.OK;
            }
            console().print(change(administration, what) + " deliveries " + done() + ".");
            return Sysexits.OK;
        }
    }

    /** {@code sealpost queue hold}. */
    @Command(
            name = "hold",
            description = "Puts waiting deliveries on hold; one under way ends its attempt first.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost queue hold --sender anna@office.example --reason \"looks taken over\"")
    static final class Hold extends Steering {
        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                defaultValue = "held by an administrator",
                description = "Why.")
        private String reason;

        Hold(CommandContext context) {
            super(context);
        }

        @Override
        int change(Administration administration, QueueFilter what) {
            return administration.queue().hold(what, reason);
        }

        @Override
        String done() {
            return "held";
        }
    }

    /** {@code sealpost queue release}. */
    @Command(
            name = "release",
            description = "Lets held deliveries go.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost queue release 06c1q2w3e4r5t")
    static final class Release extends Steering {
        Release(CommandContext context) {
            super(context);
        }

        @Override
        int change(Administration administration, QueueFilter what) {
            return administration.queue().release(what);
        }

        @Override
        String done() {
            return "released";
        }
    }

    /** {@code sealpost queue retry}. */
    @Command(
            name = "retry",
            description = "Makes waiting deliveries due now.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost queue retry --domain shop.example")
    static final class Retry extends Steering {
        Retry(CommandContext context) {
            super(context);
        }

        @Override
        int change(Administration administration, QueueFilter what) {
            return administration.queue().retry(what);
        }

        @Override
        String done() {
            return "due now";
        }
    }

    /** {@code sealpost queue drop}. */
    @Command(
            name = "drop",
            description = "Ends waiting deliveries without telling the sender.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost queue drop --sender spammer@office.example --dry-run")
    static final class Drop extends Steering {
        Drop(CommandContext context) {
            super(context);
        }

        @Override
        int change(Administration administration, QueueFilter what) {
            return administration.queue().drop(what);
        }

        @Override
        String done() {
            return "dropped";
        }
    }
}
