package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.quickstart.Quickstart;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sealpost quickstart}. */
@Command(
        name = "quickstart",
        description = {
            "Shows the whole job on this machine: a private MariaDB, a DNS server, a receiver and the relay;",
            "one mail goes in with an app password, is signed, delivered, and verified by others' code."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost quickstart --once")
final class QuickstartCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--once", description = "Ends after the proof; 0 only when every step was proved.")
    private boolean once;

    @Option(names = "--dir", paramLabel = "FOLDER", defaultValue = "var/quickstart", description = "Its own var/.")
    private Path folder;

    QuickstartCommand(CommandContext context) {
        this.console = context.console();
    }

    @Override
    public Integer call() throws Exception {
        boolean proved =
                new Quickstart(console, folder).run(once ? Quickstart.Afterwards.END : Quickstart.Afterwards.STAY);
        return proved ? Sysexits.OK : Sysexits.SOFTWARE;
    }
}
