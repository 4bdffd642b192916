package io.sealpost.cli;

import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Times;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.QueueRow;
import io.sealpost.queue.Suspension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How waiting deliveries are listed: of all messages, and of one. */
final class QueueListing {
    private QueueListing() {}

    /** For {@code queue list}. */
    static Listing<QueueRow> rows(Instant now, List<Suspension> suspensions) {
        Listing<QueueRow> listing = new Listing<QueueRow>("Nothing waits.")
                .column("ID", "id", row -> row.message().toString())
                .onScreen("AGE", row -> Times.shown(Duration.between(row.received(), now)))
                .column("SIZE", "size", QueueRow::size)
                .column("STATE", "state", QueueListing::state)
                .inJson("accepted", QueueRow::received)
                .inJson("position", row -> row.position().toString())
                .column("SENDER", "sender", row -> sender(row.sender()))
                .column("RECIPIENT", "recipient", row -> row.recipient().toString());
        return progress(listing, suspensions).column("LAST REPLY", "last_reply", reply(RemoteReply::shown));
    }

    /** For {@code queue show}. */
    static Listing<QueueRow> deliveries(List<Suspension> suspensions) {
        Listing<QueueRow> listing = new Listing<QueueRow>("Nothing waits.")
                .column("RECIPIENT", "recipient", row -> row.recipient().toString())
                .column("STATE", "state", QueueListing::state);
        return progress(listing, suspensions)
                .column("LAST HOST", "last_host", reply(RemoteReply::host))
                .column("ANSWERED", "last_command", reply(RemoteReply::command))
                .column("LAST REPLY", "last_reply", reply(RemoteReply::shown));
    }

    /** An envelope sender for screens and JSON: "" is {@code <>}. */
    static String sender(Optional<EmailAddress> sender) {
        return sender.map(EmailAddress::toString).orElse("");
    }

    private static Listing<QueueRow> progress(Listing<QueueRow> listing, List<Suspension> suspensions) {
        return listing.column(
                        "TRIES", "attempts", row -> row.status().progress().attempts())
                .column("NEXT TRY", "next_try", row -> row.status().nextAt())
                .inJson("hold_reason", row -> row.status().holdReason().orElse(null))
                .inJson(
                        "suspended_until",
                        row -> suspension(row, suspensions)
                                .map(Suspension::ends)
                                .orElse(null))
                .onScreen(
                        "HELD BECAUSE",
                        row -> row.status()
                                .holdReason()
                                .or(() -> suspension(row, suspensions).map(QueueListing::shown))
                                .orElse(null));
    }

    private static Optional<Suspension> suspension(QueueRow row, List<Suspension> suspensions) {
        return suspensions.stream()
                .filter(one -> one.what()
                        .covers(
                                row.recipient().domain(),
                                row.path().account(),
                                row.path().site().orElse("")))
                .findFirst();
    }

    private static String shown(Suspension one) {
        String why = one.reason().isEmpty() ? "" : ": " + one.reason();
        return one.what().kind() + " suspended until " + Times.shown(one.ends()) + why;
    }

    private static String state(QueueRow row) {
        return row.status().state().name().toLowerCase(Locale.ROOT);
    }

    private static Function<QueueRow, Object> reply(Function<RemoteReply, String> part) {
        return row -> row.status().progress().lastReply().map(part).orElse(null);
    }
}
