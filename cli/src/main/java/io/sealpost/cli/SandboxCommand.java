package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.mail.ForeignText;
import io.sealpost.sandbox.ReceivedMail;
import io.sealpost.sandbox.Sandbox;
import io.sealpost.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sealpost sandbox}. */
@Command(
        name = "sandbox",
        description = {
            "Runs a mail world on loopback: an authoritative DNS server and a receiving SMTP server.",
            "The zone file is reread when it changes; each received message is an .eml file."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost sandbox --dns-port 5353 --smtp-port 2525")
final class SandboxCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--dir",
            paramLabel = "FOLDER",
            defaultValue = "var/sandbox",
            description = "Where zone and mail lie.")
    private Path folder;

    @Option(names = "--dns-port", paramLabel = "PORT", defaultValue = "5353", description = "Default 5353.")
    private int dnsPort;

    @Option(names = "--smtp-port", paramLabel = "PORT", defaultValue = "2525", description = "Default 2525.")
    private int smtpPort;

    SandboxCommand(CommandContext context) {
        this.console = context.console();
    }

    @Override
    public Integer call() throws InterruptedException {
        SandboxSettings settings = SandboxSettings.in(folder).onPorts(dnsPort, smtpPort);
        try (Sandbox sandbox = Sandbox.start(settings, Clock.systemUTC())) {
            sandbox.receiver().onReceived(this::told);
            console.print("DNS       " + sandbox.dns().address().getAddress().getHostAddress() + ":"
                    + sandbox.dns().address().getPort() + "   zone " + settings.zoneFile());
            console.print("receiver  port " + sandbox.receiver().port() + " of 127.0.0.1 and 127.0.0.2   mail in "
                    + settings.received());
            console.print("Settings for Sealpost: [dns] servers = [\"127.0.0.1:"
                    + sandbox.dns().address().getPort()
                    + "\"], [delivery] port = " + sandbox.receiver().port()
                    + ", allow_private_addresses = [\"127.0.0.0/8\"]. Ctrl-C ends it.");
            awaitEnd();
        } catch (IOException e) {
            throw new Fault(Sysexits.UNAVAILABLE, "the sandbox cannot start: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new Fault(Sysexits.DATAERR, "the sandbox's zone file is wrong: " + e.getMessage());
        }
        return Sysexits.OK;
    }

    private void told(ReceivedMail mail) {
        console.print("received  from <" + ForeignText.escape(mail.mailFrom()) + "> to "
                + ForeignText.escape(String.join(", ", mail.rcptTo())) + "  "
                + mail.connection().tls().map(ReceivedMail.Tls::version).orElse("in clear") + "  " + mail.file());
    }

    /** Until SIGINT or SIGTERM, which end the process by themselves. */
    private static void awaitEnd() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
