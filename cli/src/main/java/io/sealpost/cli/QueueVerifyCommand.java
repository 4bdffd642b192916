package io.sealpost.cli;

import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.queue.QueueVerification.Finding;
import io.sealpost.queue.QueueVerification.Listener;
import io.sealpost.queue.QueueVerification.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost queue verify}. */
@Command(
        name = "verify",
        description = {
            "Looks at all rows of the queue for such as do not fit together; relays may run meanwhile.",
            "Ends with 0 when all fits or was mended, with 65 when something is left."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost queue verify --mend")
final class QueueVerifyCommand extends AdministrationCommand {
    private static final long TOLD_EACH = 100_000;
    private static final int SHOWN = 1000;

    @Option(names = "--mend", description = "Mends what can be mended without losing mail; the rest is put on hold.")
    private boolean mend;

    @Mixin
    private JsonOption json;

    QueueVerifyCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        Heard heard = new Heard();
        administration.wholeQueue().verify(mend ? Mode.MEND : Mode.LOOK, heard);
        if (!heard.shown.isEmpty() || json.wanted()) {
            json.print(console(), listing(), heard.shown);
        }
        if (heard.found > heard.shown.size()) {
            console().note((heard.found - heard.shown.size()) + " more are not shown.");
        }
        if (!json.wanted()) {
            console()
                    .print("Looked at " + String.join(", ", heard.totals) + "; " + heard.found + " do not fit, "
                            + heard.mended + " of them mended.");
        }
        if (heard.found > heard.mended && !mend) {
            console().note("\"sealpost queue verify --mend\" mends what can be mended without losing mail.");
        }
        return heard.found == heard.mended ? Sysexits.OK : Sysexits.DATAERR;
    }

    private static Listing<Finding> listing() {
        return new Listing<Finding>("All fits.")
                .column(
                        "FAULT",
                        "fault",
                        finding ->
                                finding.fault().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .column("SUBJECT", "subject", Finding::subject)
                .column("MENDED", "mended", finding -> finding.mended() ? "yes" : "no")
                .column("WHAT", "sentence", Finding::sentence);
    }

    private final class Heard implements Listener {
        private final List<Finding> shown = new ArrayList<>();
        private final List<String> totals = new ArrayList<>();
        private String last = "";
        private long told;
        private long found;
        private long mended;

        @Override
        public void found(Finding finding) {
            found++;
            mended += finding.mended() ? 1 : 0;
            if (shown.size() < SHOWN) {
                shown.add(finding);
            }
        }

        @Override
        public void progress(String rows, long count) {
            if (!rows.equals(last)) {
                last = rows;
                told = 0;
                totals.add("");
            }
            totals.set(totals.size() - 1, count + " " + rows);
            if (count - told >= TOLD_EACH) {
                told = count;
                console().note(count + " " + rows + " …");
            }
        }
    }
}
