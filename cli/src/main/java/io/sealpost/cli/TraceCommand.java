package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.Times;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.JournalTail;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost trace}. */
@Command(
        name = "trace",
        description = "Tells a message's story: reception, attempts, end; for ended ones too.",
        footerHeading = "%nExamples:%n",
        footer = {"  sealpost trace 06c1q2w3e4r5t", "  sealpost trace --follow"})
final class TraceCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(500);

    private final CommandContext context;
    private final Console console;

    @Mixin
    private ConfigFileOption config;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The queue id, from the 250 reply or the log.")
    private Optional<QueueId> message = Optional.empty();

    @Option(
            names = "--follow",
            description = {
                "Goes on with what happens, until Ctrl-C; without an ID to all mail, from now on.",
                "With --json one object a line."
            })
    private boolean follow;

    @Mixin
    private JsonOption json;

    TraceCommand(CommandContext context) {
        this.context = context;
        this.console = context.console();
    }

    @Override
    public Integer call() {
        if (follow) {
            Interruption end = Interruption.expected();
            try {
                return context.administer(config, administration -> follow(administration, end));
            } finally {
                end.over();
            }
        }
        QueueId one = message.orElseThrow(
                () -> new Fault(Sysexits.USAGE, "say which message, by its ID, or --follow for all mail"));
        return context.administer(config, administration -> tell(administration, one));
    }

    private int tell(Administration administration, QueueId one) {
        List<JournalEntry> story = administration.queue().trace(one);
        if (story.isEmpty()) {
            throw unknown(one);
        }
        if (json.wanted()) {
            console.json(story.stream().map(TraceCommand::json).toList());
        } else {
            story.forEach(this::print);
        }
        return Sysexits.OK;
    }

    private int follow(Administration administration, Interruption end) {
        JournalTail tail = message.map(administration.queue()::follow).orElseGet(administration.queue()::followAll);
        List<JournalEntry> story = tail.next();
        if (message.isPresent() && story.isEmpty()) {
            throw unknown(message.get());
        }
        console.note("Following; Ctrl-C ends it.");
        story.forEach(this::printFollowed);
        boolean away = false;
        while (!console.isUnheard() && !end.comesWithin(POLL)) {
            try {
                tail.next().forEach(this::printFollowed);
                away = false;
            } catch (StoreUnavailable unavailable) {
                if (!away) {
                    console.note("The database is away; going on when it is back.");
                }
                away = true;
            }
        }
        return Sysexits.OK;
    }

    private static Fault unknown(QueueId message) {
        return new Fault(Sysexits.NOINPUT, "nothing is known of " + message);
    }

    private void printFollowed(JournalEntry entry) {
        if (json.wanted()) {
            console.jsonLine(json(entry));
        } else {
            print(entry);
        }
    }

    private void print(JournalEntry entry) {
        String fields = entry.fields().entrySet().stream()
                .map(field -> field.getKey() + "=" + ForeignText.escape(String.valueOf(field.getValue())))
                .collect(Collectors.joining(", "));
        String kind = entry.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String id = message.isPresent() ? "" : entry.message() + "  ";
        console.print(Times.shown(entry.at()) + "  " + id + kind + ": " + fields);
    }

    private static Map<String, Object> json(JournalEntry entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("at", entry.at().toString());
        row.put("id", entry.message().toString());
        row.put("kind", entry.kind().name());
        row.putAll(entry.fields());
        return row;
    }
}
