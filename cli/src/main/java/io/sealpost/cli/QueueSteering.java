package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueInspection;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The commands of {@code sealpost queue} that change what waits. As Postfix's postsuper they act at once; but on a terminal, what ends
 * many deliveries is asked about, once.
 */
final class QueueSteering {
    private QueueSteering() {}

    /** A change of what waits. */
    abstract static class Steering extends AdministrationCommand {
        @Mixin
        private QueueFilterOptions filter;

        @Mixin
        private ReasonOption reason;

        @Option(names = "--dry-run", description = "Only says how many it would change.")
        private boolean dryRun;

        Steering(CommandContext context) {
            super(context);
        }

        abstract int change(Administration administration, QueueFilter what, Optional<String> reason);

        abstract String done();

        /** Called before anything is changed. */
        void confirm(QueueFilter what, String matching) {}

        @Override
        final int run(Administration administration) {
            QueueFilter what = filter.explicit(administration);
            String matching = matching(administration.queue().count(what));
            if (dryRun) {
                console().print(matching + "; nothing was changed.");
                return Sysexits.OK;
            }
            confirm(what, matching);
            console().print(change(administration, what, reason.text()) + " deliveries " + done() + ".");
            return Sysexits.OK;
        }

        private static String matching(long count) {
            return count + (count < QueueInspection.MOST_COUNTED ? "" : " or more") + " deliveries match";
        }
    }

    /** A change that cannot be taken back. */
    abstract static class Ending extends Steering {
        @Option(names = "--yes", description = "Does not ask, on a terminal; without one nothing is asked.")
        private boolean yes;

        Ending(CommandContext context) {
            super(context);
        }

        abstract String question();

        @Override
        final void confirm(QueueFilter what, String matching) {
            if (!yes && what.message().isEmpty()) {
                console()
                        .ask(matching + ". " + question() + " [y/N] ")
                        .filter(answer ->
                                !answer.strip().toLowerCase(Locale.ROOT).startsWith("y"))
                        .ifPresent(answer -> {
                            throw new Fault(Sysexits.USAGE, "nothing was changed");
                        });
            }
        }
    }

    /** {@code sealpost queue hold}. */
    @Command(
            name = "hold",
            description = "Puts waiting deliveries on hold; one under way ends its attempt first.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost queue hold --sender anna@office.example --reason \"looks taken over\"")
    static final class Hold extends Steering {
        Hold(CommandContext context) {
            super(context);
        }

        @Override
        int change(Administration administration, QueueFilter what, Optional<String> reason) {
            return administration.queue().hold(what, reason.orElse("held by an administrator"));
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
        int change(Administration administration, QueueFilter what, Optional<String> reason) {
            return administration.queue().release(what, reason);
        }

        @Override
        String done() {
            return "released";
        }
    }

    /** {@code sealpost queue retry}. */
    @Command(
            name = "retry",
            description =
                    "Makes waiting deliveries due now, also to sites that could not be reached and are left alone.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost queue retry --domain shop.example")
    static final class Retry extends Steering {
        Retry(CommandContext context) {
            super(context);
        }

        @Override
        int change(Administration administration, QueueFilter what, Optional<String> reason) {
            return administration.queue().retry(what, reason);
        }

        @Override
        String done() {
            return "due now";
        }
    }

    /** {@code sealpost queue drop}. */
    @Command(
            name = "drop",
            description = "Ends waiting deliveries without telling the sender; those under way are passed over.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost queue drop --sender spammer@office.example --dry-run")
    static final class Drop extends Ending {
        Drop(CommandContext context) {
            super(context);
        }

        @Override
        int change(Administration administration, QueueFilter what, Optional<String> reason) {
            return administration.queue().drop(what, reason);
        }

        @Override
        String question() {
            return "End them without a word to their senders?";
        }

        @Override
        String done() {
            return "dropped";
        }
    }

    /** {@code sealpost queue fail}. */
    @Command(
            name = "fail",
            description =
                    "Gives waiting deliveries up now and tells their senders, with the reason; those under way are passed over.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost queue fail --domain shop.example --reason \"this company has closed\"")
    static final class Fail extends Ending {
        Fail(CommandContext context) {
            super(context);
        }

        @Override
        int change(Administration administration, QueueFilter what, Optional<String> reason) {
            return administration.wholeQueue().fail(what, reason);
        }

        @Override
        String question() {
            return "Give them up and tell their senders?";
        }

        @Override
        String done() {
            return "given up; their senders are told";
        }
    }
}
