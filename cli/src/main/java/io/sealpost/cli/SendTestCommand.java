package io.sealpost.cli;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Story;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.sendtest.Delivered;
import io.sealpost.cli.sendtest.SendTest;
import io.sealpost.cli.sendtest.TestMail;
import io.sealpost.cli.wiring.DirectSending;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost send-test}. */
@Command(
        name = "send-test",
        description = {
            "Sends one signed mail straight from this machine, without a listener and past the queue, and tells each step.",
            "Ends with 0 when every recipient was taken, 75 when one was put off, 69 when one was refused or nothing could be signed."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost send-test --from anna@office.example --to bert@example.net")
final class SendTestCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private ConfigFileOption config;

    @Mixin
    private JsonOption json;

    @Option(names = "--from", paramLabel = "ADDRESS", required = true, description = "The sender; its domain signs.")
    private String from;

    @Option(names = "--to", paramLabel = "ADDRESS", required = true, description = "A recipient; may be repeated.")
    private List<String> to;

    @Option(
            names = "--subject",
            paramLabel = "TEXT",
            defaultValue = "Test of Sealpost",
            description = "Its subject (default: \"${DEFAULT-VALUE}\").")
    private String subject;

    SendTestCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        TestMail mail = mail();
        Settings settings = context.settings(config.file());
        Console console = json.wanted() ? silent() : context.console();
        Story story = new Story(console);
        story.say("Sealpost send-test: one mail of " + mail.from() + ", straight from here.\n");
        List<Delivered> ends;
        try (DirectSending sending = story.step(
                () -> DirectSending.open(settings, context.console()::note),
                open -> "database and master key opened")) {
            ends = new SendTest(sending, settings.hostname(), story).run(mail);
        }
        if (json.wanted()) {
            listing().printJson(context.console(), ends);
        }
        story.say("\n" + conclusion(ends));
        return Delivered.exitCode(ends);
    }

    private static String conclusion(List<Delivered> ends) {
        String counts = Arrays.stream(Delivered.End.values())
                .map(end -> count(ends, end) + " " + end.shown())
                .collect(Collectors.joining(", "));
        return counts + ". Nothing was put into the queue"
                + (count(ends, Delivered.End.TEMPORARY) > 0 ? ", so nobody tries again: run it again later." : ".");
    }

    private static long count(List<Delivered> ends, Delivered.End end) {
        return ends.stream().filter(one -> one.end() == end).count();
    }

    private TestMail mail() {
        if (subject.chars().anyMatch(Character::isISOControl)) {
            throw new Fault(Sysexits.DATAERR, "the subject is one line of text");
        }
        return new TestMail(
                address(from),
                to.stream().map(SendTestCommand::address).distinct().toList(),
                subject);
    }

    private static EmailAddress address(String text) {
        EmailAddress address = EmailAddress.tryParse(text)
                .orElseThrow(() ->
                        new Fault(Sysexits.DATAERR, "\"" + ForeignText.escape(text) + "\" is not an email address"));
        if (address.needsSmtpUtf8()) {
            throw new Fault(
                    Sysexits.DATAERR,
                    ForeignText.escape(text) + " is an international address, which Sealpost does not send for yet");
        }
        return address;
    }

    private Console silent() {
        return new Console(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                context.console().err(),
                InputStream.nullInputStream());
    }

    private static Listing<Delivered> listing() {
        return new Listing<Delivered>("")
                .column("RECIPIENT", "recipient", end -> end.recipient().toString())
                .column("END", "end", end -> end.end().name().toLowerCase(Locale.ROOT))
                .column("REPLY", "reply", end -> end.reply().shown())
                .column("RELAY", "relay", end -> end.connection().relay())
                .column("TLS", "tls", end -> end.connection().tls().orElse(null))
                .column("SECONDS", "seconds", SendTestCommand::seconds);
    }

    private static double seconds(Delivered end) {
        return end.connection()
                        .connectionSetup()
                        .plus(end.connection().transmission())
                        .toMillis()
                / 1000.0;
    }
}
