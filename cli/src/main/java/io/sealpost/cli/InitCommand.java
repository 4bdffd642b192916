package io.sealpost.cli;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Installation;
import io.sealpost.mail.MailDomain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sealpost init}. */
@Command(
        name = "init",
        description = {
            "Makes what is missing: settings file, master key, self-signed certificate.",
            "Nothing that is there is ever overwritten; a settings file that is there is taken as it is."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost init relay.example.net")
final class InitCommand implements Callable<Integer> {
    private static final List<String> NEXT = List.of(
            "Next:",
            "  sealpost config check",
            "  sealpost domain add office.example",
            "  sealpost dkim create office.example      prints the records for its DNS",
            "  sealpost dkim activate office.example    when every server shows them",
            "  sealpost account add anna@office.example",
            "  sealpost serve");

    private final CommandContext context;

    @Mixin
    private ConfigFileOption config;

    @Parameters(
            paramLabel = "HOSTNAME",
            arity = "0..1",
            description = "The name of this relay; needed when there is no settings file yet.")
    private Optional<MailDomain> hostname = Optional.empty();

    InitCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Console console = context.console();
        Path file = context.settingsPath(config.file());
        if (Files.exists(file)) {
            console.print("settings     " + file + " (was there; left as it is)");
        } else {
            MailDomain name = hostname.orElseThrow(() ->
                    new Fault(Sysexits.USAGE, "which name has this relay? Say it: sealpost init relay.example.net"));
            Installation.writeSettings(file, name);
            console.print("settings     " + file + " (new)");
        }
        Settings settings = context.settings(Optional.of(file));
        hostname.filter(name -> !name.equals(settings.hostname()))
                .ifPresent(name -> console.note("The settings say " + settings.hostname() + ", so that is its name; "
                        + name + " was not used."));
        boolean keyMade = Installation.makeMasterKey(settings, console::note);
        console.print("master key   " + settings.masterKeyFile()
                + (keyMade ? " (new; keep a copy apart from the database's backups)" : " (was there; left as it is)"));
        boolean certificateMade = Installation.makeCertificate(settings);
        console.print("certificate  " + settings.tls().certificate()
                + (certificateMade
                        ? " (new, self-signed for " + settings.hostname() + ": put your own here)"
                        : " (was there; left as it is)"));
        NEXT.forEach(console::print);
        return Sysexits.OK;
    }
}
