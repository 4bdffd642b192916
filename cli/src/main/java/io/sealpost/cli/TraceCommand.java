package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.Times;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.JournalEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sealpost trace}. */
@Command(
        name = "trace",
        description = "Tells a message's story: reception, attempts, end; for ended ones too.",
        footerHeading = "%nExample:%n",
        footer = "  sealpost trace 06c1q2w3e4r5t")
final class TraceCommand extends AdministrationCommand {
    @Parameters(paramLabel = "ID", description = "The queue id, from the 250 reply or the log.")
    private QueueId message;

    @Mixin
    private JsonOption json;

    TraceCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        List<JournalEntry> story = administration.queue().trace(message);
        if (story.isEmpty()) {
            throw new Fault(Sysexits.NOINPUT, "nothing is known of " + message);
        }
        if (json.wanted()) {
            console().json(story.stream().map(TraceCommand::json).toList());
        } else {
            story.forEach(this::print);
        }
        return Sysexits.OK;
    }

    private void print(JournalEntry entry) {
        String fields = entry.fields().entrySet().stream()
                .map(field -> field.getKey() + "=" + ForeignText.escape(String.valueOf(field.getValue())))
                .collect(Collectors.joining(", "));
        String kind = entry.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        console().print(Times.shown(entry.at()) + "  " + kind + ": " + fields);
    }

    private static Map<String, Object> json(JournalEntry entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("at", entry.at().toString());
        row.put("kind", entry.kind().name());
        row.putAll(entry.fields());
        return row;
    }
}
