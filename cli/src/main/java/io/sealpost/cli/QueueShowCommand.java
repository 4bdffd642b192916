package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.QueueRow;
import io.sealpost.queue.WaitingMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sealpost queue show}. */
@Command(
        name = "show",
        description = "Shows a waiting message: its sender, its signatures, and how each delivery stands.",
        footerHeading = "%nExample:%n",
        footer = "  sealpost queue show 06c1q2w3e4r5t")
final class QueueShowCommand extends AdministrationCommand {
    @Parameters(paramLabel = "ID", description = "The message.")
    private QueueId message;

    @Mixin
    private JsonOption json;

    QueueShowCommand(CommandContext context) {
        super(context);
    }

    /** The message, or a {@link Fault} when none of its deliveries waits. */
    static WaitingMessage waiting(Administration administration, QueueId message) {
        return administration
                .queue()
                .show(message)
                .orElseThrow(() -> new Fault(
                        Sysexits.NOINPUT,
                        "no message " + message + " waits; \"sealpost trace " + message
                                + "\" tells what became of it"));
    }

    @Override
    int run(Administration administration) {
        WaitingMessage waiting = waiting(administration, message);
        Map<String, Object> facts = facts(waiting, administration.queue().trace(message));
        Listing<QueueRow> listing =
                QueueListing.deliveries(administration.suspensions().list());
        if (json.wanted()) {
            facts.put("deliveries", listing.objects(waiting.rows()));
            console().json(facts);
        } else {
            facts.forEach((name, value) -> console().print("%-11s %s".formatted(name, shown(value))));
            console().print("");
            listing.print(console(), waiting.rows());
        }
        return Sysexits.OK;
    }

    /** Who logged in stands in the journal only: the queue knows rows of accounts, which may be gone. */
    private static Map<String, Object> facts(WaitingMessage waiting, List<JournalEntry> story) {
        MessageEnvelope envelope = waiting.envelope();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", envelope.id().toString());
        facts.put("sender", QueueListing.sender(envelope.sender()));
        story.stream()
                .filter(entry -> entry.kind() == JournalEntry.Kind.RECEPTION)
                .findFirst()
                .ifPresent(reception -> List.of("login", "client", "message_id")
                        .forEach(field -> facts.put(field, reception.fields().get(field))));
        facts.put("tenant", envelope.origin().tenant());
        facts.put("notice", envelope.kind() == MessageKind.NOTICE);
        facts.put("size", waiting.rows().get(0).size());
        facts.put("accepted", envelope.received().toString());
        facts.put("expires", envelope.expires().toString());
        facts.put("signatures", ShownSignature.of(waiting.signedPrefix()));
        return facts;
    }

    private static String shown(Object value) {
        if (value instanceof List<?> signatures) {
            return signatures.isEmpty()
                    ? "none yet"
                    : signatures.stream().map(Object::toString).collect(Collectors.joining(", "));
        }
        return value == null ? "" : ForeignText.escape(value.toString());
    }
}
