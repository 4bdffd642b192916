package io.sealpost.cli;

import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Times;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.QueueRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How waiting deliveries are listed: of all messages, and of one. */
final class QueueListing {
    private QueueListing() {}

    /** For {@code queue list}. */
    static Listing<QueueRow> rows(Instant now) {
        Listing<QueueRow> listing = new Listing<QueueRow>("Nothing waits.")
                .column("ID", "id", row -> row.message().toString())
                .onScreen("AGE", row -> Times.shown(Duration.between(row.received(), now)))
                .column("SIZE", "size", QueueRow::size)
                .column("STATE", "state", QueueListing::state)
                .inJson("accepted", QueueRow::received)
                .inJson("position", row -> row.position().toString())
                .column("SENDER", "sender", row -> sender(row.sender()))
                .column("RECIPIENT", "recipient", row -> row.recipient().toString());
        return progress(listing).column("LAST REPLY", "last_reply", reply(RemoteReply::shown));
    }

    /** For {@code queue show}. */
    static Listing<QueueRow> deliveries() {
        Listing<QueueRow> listing = new Listing<QueueRow>("Nothing waits.")
                .column("RECIPIENT", "recipient", row -> row.recipient().toString())
                .column("STATE", "state", QueueListing::state);
        return progress(listing)
                .column("LAST HOST", "last_host", reply(RemoteReply::host))
                .column("ANSWERED", "last_command", reply(RemoteReply::command))
                .column("LAST REPLY", "last_reply", reply(RemoteReply::shown));
    }

    /** An envelope sender for screens and JSON: "" is {@code <>}. */
    static String sender(Optional<EmailAddress> sender) {
        return sender.map(EmailAddress::toString).orElse("");
    }

    private static Listing<QueueRow> progress(Listing<QueueRow> listing) {
        return listing.column(
                        "TRIES", "attempts", row -> row.status().progress().attempts())
                .column("NEXT TRY", "next_try", row -> row.status().nextAt())
                .column(
                        "HELD BECAUSE",
                        "hold_reason",
                        row -> row.status().holdReason().orElse(null));
    }

    private static String state(QueueRow row) {
        return row.status().state().name().toLowerCase(Locale.ROOT);
    }

    private static Function<QueueRow, Object> reply(Function<RemoteReply, String> part) {
        return row -> row.status().progress().lastReply().map(part).orElse(null);
    }
}
