package io.sealpost.cli;

import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.queue.QueueFilter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands of {@code sealpost queue} that change what waits. */
final class QueueSteering {
    private QueueSteering() {}

    /** A change of what waits. */
    abstract static class Steering extends AdministrationCommand {
        @Mixin
        private QueueFilterOptions filter;

        @Option(names = "--dry-run", description = "Only says how many it would change.")
        private boolean dryRun;

        Steering(CommandContext context) {
            super(context);
        }

        abstract int change(Administration administration, QueueFilter what);

        abstract String done();

        @Override
        final int run(Administration administration) {
            QueueFilter what = filter.explicit(administration);
            if (dryRun) {
                long found = administration.queue().count(what);
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
