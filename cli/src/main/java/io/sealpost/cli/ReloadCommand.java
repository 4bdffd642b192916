package io.sealpost.cli;

import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sealpost reload}. */
@Command(
        name = "reload",
        description = {
            "Asks every node to read its settings and its certificate again, within two seconds; checks the settings here first.",
            "A node keeps what it has when something is wrong with the new ones, and says so in its log. SIGHUP does the same for one node.",
            "What counts from the next start only (hostname, state_dir, [database], [keys], [[listener]]) is named in its log."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost reload --config /etc/sealpost/sealpost.toml")
final class ReloadCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private ConfigFileOption config;

    ReloadCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        long nodes = context.administer(config, Administration::askToReload);
        String sentence = switch ((int) Math.min(nodes, 2)) {
            case 0 -> "No node serves now; each reads its settings when it starts.";
            case 1 -> "Asked the one node that serves; what it makes of it stands in its log.";
            default -> "Asked the " + nodes + " nodes that serve; what each makes of it stands in its log.";
        };
        context.console().print(sentence);
        return Sysexits.OK;
    }
}
