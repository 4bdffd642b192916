package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.Times;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.ForeignText;
import io.sealpost.queue.QueueSuspensions;
import io.sealpost.queue.Suspended;
import io.sealpost.queue.Suspension;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost queue suspend}. */
@Command(
        name = "suspend",
        description = {
            "Tries nothing to a domain, from an account, or to an MX host for a while; its mail waits and goes on by itself.",
            "Attempts are not counted meanwhile. A second call gives it another end."
        },
        subcommands = QueueSuspend.ListAll.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost queue suspend shop.example --for 2h --reason \"their server is moving\"",
            "  sealpost queue suspend mx1.bigmail.example --site --for 30m",
            "  sealpost queue suspend list"
        })
final class QueueSuspend extends AdministrationCommand {
    @Mixin
    private SuspendedOptions suspended;

    @Option(names = "--for", paramLabel = "TIME", description = "How long, as 2h; at most 5d.")
    private Optional<Duration> time = Optional.empty();

    @Mixin
    private ReasonOption reason;

    QueueSuspend(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        Suspended what = suspended.what(administration);
        Duration wanted = time.filter(given -> !given.isZero() && given.compareTo(QueueSuspensions.LONGEST) <= 0)
                .orElseThrow(() -> new Fault(Sysexits.USAGE, "say for how long, as --for 2h; 5d at most"));
        Suspension suspension = administration
                .suspensions()
                .suspend(what, wanted, reason.text())
                .orElseThrow(() -> new Fault(
                        Sysexits.UNAVAILABLE, QueueSuspensions.MOST + " things are suspended already; resume some"));
        console()
                .print("Suspended " + shown(what) + " until " + Times.shown(suspension.ends())
                        + "; what is under way ends its attempt.");
        return Sysexits.OK;
    }

    static String shown(Suspended what) {
        return what.kind() + " " + ForeignText.escape(what.name());
    }

    static Listing<Suspension> listing(QueueSuspensions suspensions) {
        return new Listing<Suspension>("Nothing is suspended.")
                .column("KIND", "kind", one -> one.what().kind())
                .column("NAME", "name", one -> one.what().name())
                .column("UNTIL", "until", Suspension::ends)
                .column("SINCE", "since", Suspension::since)
                .column("BY", "actor", Suspension::actor)
                .column("WAITING", "waiting", suspensions::waiting)
                .column("REASON", "reason", Suspension::reason);
    }

    /** {@code sealpost queue suspend list}. */
    @Command(
            name = "list",
            description = "Lists what is suspended, until when, by whom, why, and how much it has put off.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost queue suspend list --json")
    static final class ListAll extends AdministrationCommand {
        @Mixin
        private JsonOption json;

        ListAll(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            QueueSuspensions suspensions = administration.suspensions();
            json.print(console(), listing(suspensions), suspensions.list());
            return Sysexits.OK;
        }
    }

    /** {@code sealpost queue resume}. */
    @Command(
            name = "resume",
            description = "Ends a suspension before its time; what it put off is due at once.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost queue resume shop.example")
    static final class Resume extends AdministrationCommand {
        @Mixin
        private SuspendedOptions suspended;

        @Mixin
        private ReasonOption reason;

        Resume(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            Suspended what = suspended.what(administration);
            int due = administration
                    .suspensions()
                    .resume(what, reason.text())
                    .orElseThrow(() -> new Fault(
                            Sysexits.NOINPUT,
                            shown(what) + " is not suspended; \"sealpost queue suspend list\" shows what is"));
            console().print("Resumed " + shown(what) + "; " + due + " deliveries are due now.");
            return Sysexits.OK;
        }
    }
}
