package io.sealpost.cli;

import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.cli.wiring.MasterKeyRotation.Rotated;
import picocli.CommandLine.Command;

/** {@code sealpost master-key …}. */
@Command(
        name = "master-key",
        description = "Replaces the key that opens all others.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = MasterKeyCommand.Rotate.class,
        footerHeading = "%nExample:%n",
        footer = "  sealpost master-key rotate")
final class MasterKeyCommand {
    /** {@code sealpost master-key rotate}. */
    @Command(
            name = "rotate",
            description = {
                "Makes a new master key, wraps the data keys by it in one transaction, and puts it in the place of the old one, which is"
                        + " kept beside it under another name. DKIM keys and app passwords stay as they are; running nodes go on.",
                "Interrupted, it is finished by being run again."
            },
            footerHeading = "%nExample:%n",
            footer = "  sealpost master-key rotate")
    static final class Rotate extends AdministrationCommand {
        Rotate(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            Rotated rotated = administration.masterKeyRotation().run();
            console().print("data keys    " + rotated.dataKeys() + " wrapped by the new master key");
            console().print("master key   " + rotated.file() + " (new; keep a copy apart from the database's backups)");
            console()
                    .print(
                            "old one      " + rotated.kept()
                                    + " (backups of the database from before open with it alone; delete it when they are gone)");
            console()
                    .note(
                            "Nodes that run go on. On every other machine put the new file in place before it starts again.");
            return Sysexits.OK;
        }
    }
}
