package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.QueueRow;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The queue as Postfix's {@code postqueue -p} prints it with long queue ids, for the programs that read that: {@code *} behind the id of a
 * message under way, {@code !} of one on hold, times in the zone of the machine. Not thread-safe.
 */
final class Mailq {
    private static final String LINE = "%-17s %8s %-19s %s";
    private static final int REASON_ENDS_AT = 76;
    private static final String NOBODY = "MAILER-DAEMON";
    private static final DateTimeFormatter AS_ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Console console;
    private long bytes;
    private long messages;

    Mailq(Console console) {
        this.console = console;
    }

    /** One message with its waiting deliveries; messages come one after the other. */
    void print(List<QueueRow> deliveries) {
        QueueRow first = deliveries.get(0);
        console.print(
                messages == 0
                        ? LINE.formatted(
                                "----Queue ID-----", "--Size--", "---Arrival Time----", "--Sender/Recipient------")
                        : "");
        String sender = first.sender().map(Object::toString).orElse(NOBODY);
        console.print(LINE.formatted(
                first.message() + mark(deliveries),
                first.size(),
                AS_ASCTIME.format(first.received()),
                ForeignText.escape(sender)));
        String said = "";
        for (QueueRow delivery : deliveries) {
            String reason = reason(delivery);
            if (!reason.equals(said)) {
                said = reason;
                String shown = "(" + (said.isEmpty() ? "reason unavailable" : said) + ")";
                console.print(" ".repeat(Math.max(0, REASON_ENDS_AT + 2 - shown.length())) + shown);
            }
            console.print(LINE.formatted(
                    "", "", "", ForeignText.escape(delivery.recipient().toString())));
        }
        bytes += first.size();
        messages++;
    }

    /** The line at the end. */
    void total() {
        if (messages == 0) {
            console.print("Mail queue is empty");
            return;
        }
        console.print("");
        console.print("-- %d Kbytes in %d Request%s.".formatted(bytes / 1024, messages, messages == 1 ? "" : "s"));
    }

    private static String mark(List<QueueRow> deliveries) {
        if (deliveries.stream().anyMatch(row -> row.status().state() == DeliveryState.ACTIVE)) {
            return "*";
        }
        return deliveries.stream().allMatch(row -> row.status().state() == DeliveryState.HOLD) ? "!" : "";
    }

    private static String reason(QueueRow row) {
        return row.status()
                .holdReason()
                .map(ForeignText::escape)
                .or(() -> row.status().progress().lastReply().map(RemoteReply::shown))
                .orElse("");
    }
}
