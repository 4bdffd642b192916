package io.sealpost.cli;

import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.manual.Manual;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sealpost completion}. */
@Command(
        name = "completion",
        description = "Prints a script that lets a shell complete commands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost completion bash > /etc/bash_completion.d/sealpost",
            "  source <(sealpost completion zsh)",
            "  sealpost completion fish > ~/.config/fish/completions/sealpost.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell;

    /** Those that have a script. */
    enum Shell {
        /** GNU bash. */
        bash,
        /** zsh, by its bashcompinit. */
        zsh,
        /** fish. */
        fish
    }

    CompletionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Manual manual = new Manual(
                Sealpost.commandLine(context.console(), context.environment()).getCommandSpec());
        context.console()
                .print(
                        switch (shell) {
                            case bash, zsh -> manual.bashCompletion();
                            case fish -> manual.fishCompletion();
                        });
        return Sysexits.OK;
    }
}
