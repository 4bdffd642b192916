package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.WaitingMessage;
import java.io.IOException;
import java.io.InputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sealpost queue …}. */
@Command(
        name = "queue",
        description = "Shows and steers what waits.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            QueueListCommand.class,
            QueueShowCommand.class,
            QueueCommand.Raw.class,
            QueueSteering.Hold.class,
            QueueSteering.Release.class,
            QueueSteering.Retry.class,
            QueueSteering.Fail.class,
            QueueSteering.Drop.class,
            QueueSuspend.class,
            QueueSuspend.Resume.class,
            QueueStatsCommand.class,
            QueueWatchCommand.class,
            QueueVerifyCommand.class
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost queue list --domain shop.example")
final class QueueCommand {
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
            WaitingMessage waiting = QueueShowCommand.waiting(administration, message);
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
}
