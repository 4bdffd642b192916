package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueuePosition;
import io.sealpost.queue.QueueRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost queue list}. */
@Command(
        name = "list",
        description = "Lists waiting deliveries, oldest message first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost queue list --state deferred --because 4.7.1 --json",
            "  sealpost queue list --mailq         # as Postfix's mailq"
        })
final class QueueListCommand extends AdministrationCommand {
    private static final int PAGE = 1000;

    @Mixin
    private QueueFilterOptions filter;

    @Mixin
    private JsonOption json;

    @Option(names = "--limit", paramLabel = "N", description = "Rows at most (default 1000; with --mailq no bound).")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--after",
            paramLabel = "POSITION",
            description = "Goes on behind this row, as the page before it said at its end.")
    private Optional<QueuePosition> after = Optional.empty();

    @Option(names = "--mailq", description = "In the columns of Postfix's mailq; * is under way, ! on hold.")
    private boolean mailq;

    QueueListCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        int most = limit.orElse(mailq ? Integer.MAX_VALUE : PAGE);
        if (most < 1 || (mailq && json.wanted())) {
            throw new Fault(Sysexits.USAGE, "--limit is 1 or more, and --mailq is not JSON");
        }
        QueueFilter what = filter.filter(administration);
        Optional<QueuePosition> more = mailq
                ? printMailq(administration, what, most)
                : print(administration, administration.queue().list(what, after, most), most);
        more.ifPresent(position -> console().note("There may be more: --after " + position));
        return Sysexits.OK;
    }

    private Optional<QueuePosition> print(Administration administration, List<QueueRow> rows, int most) {
        json.print(
                console(),
                QueueListing.rows(
                        administration.clock().instant(),
                        administration.suspensions().list()),
                rows);
        return rows.size() < most
                ? Optional.empty()
                : Optional.of(rows.get(rows.size() - 1).position());
    }

    /** In pages, so that however much waits neither the database nor the memory notices. */
    private Optional<QueuePosition> printMailq(Administration administration, QueueFilter what, int most) {
        Mailq listing = new Mailq(console());
        List<QueueRow> message = new ArrayList<>();
        Optional<QueuePosition> last = after;
        int left = most;
        int got = PAGE;
        while (got == PAGE && left > 0 && !console().isUnheard()) {
            List<QueueRow> page = administration.queue().list(what, last, Math.min(PAGE, left));
            for (QueueRow row : page) {
                if (!message.isEmpty() && !message.get(0).message().equals(row.message())) {
                    listing.print(message);
                    message.clear();
                }
                message.add(row);
                last = Optional.of(row.position());
            }
            got = page.size();
            left -= got;
        }
        if (!message.isEmpty()) {
            listing.print(message);
        }
        listing.total();
        return left > 0 ? Optional.empty() : last;
    }
}
