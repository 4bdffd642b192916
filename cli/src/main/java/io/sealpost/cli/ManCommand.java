package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.manual.Manual;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sealpost man}. */
@Command(
        name = "man",
        description = "Writes the man pages: sealpost.1, and one for each command.",
        footerHeading = "%nExample:%n",
        footer = "  sealpost man --output /usr/local/share/man/man1")
final class ManCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Where they go.")
    private Path folder;

    ManCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try {
            int pages = new Manual(Sealpost.commandLine(context.console(), context.environment())
                            .getCommandSpec())
                    .writePages(folder, Version.number());
            context.console().print(pages + " pages in " + folder + "; read one: man " + folder.resolve("sealpost.1"));
        } catch (IOException e) {
            throw new Fault(Sysexits.CANTCREAT, "the pages cannot be written to " + folder + ": " + e.getMessage());
        }
        return Sysexits.OK;
    }
}
