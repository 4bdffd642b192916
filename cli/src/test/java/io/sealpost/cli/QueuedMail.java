package io.sealpost.cli;

import io.sealpost.database.TimeOrderedIds;
import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.Content;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.NewDelivery.Start;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.Origin;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.queue.jdbc.JdbcQueueIntake;
import io.sealpost.queue.jdbc.QueueSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A message for two that waits in the shell's database: to bert@shop.test, and, held, to carl@other.test. */
final class QueuedMail {
    static final String PREFIX = """
            DKIM-Signature: v=1; a=rsa-sha256; d=office.test;\r
            \ts=s1; t=1; h=From; bh=x; b=y;\r
             z\r
            Received: by relay\r
            """;

    private QueuedMail() {}

    /** Its id. */
    static String store(Shell shell) {
        return store(shell, Origin.notice(1));
    }

    /** Its id; of an account. */
    static String store(Shell shell, Origin origin) {
        TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC(), 5);
        QueueId message = new QueueId(ids.next());
        Instant now = Instant.now();
        new JdbcQueueIntake(shell.database().transactions(), Clock.systemUTC(), ids, QueueSettings.ofNode(5))
                .enqueue(new NewMessage(
                        new MessageEnvelope(
                                message,
                                origin,
                                Optional.of(EmailAddress.parse("anna@office.test")),
                                MailOptions.NONE,
                                MessageKind.SUBMITTED,
                                now,
                                now.plusSeconds(3600)),
                        new SignedPrefix(bytes(PREFIX), List.of(7L)),
                        Content.of(bytes("From: anna@office.test\r\n\r\nHi\r\n")),
                        List.of(
                                delivery(ids, "bert@shop.test", new Start.Queued()),
                                delivery(ids, "carl@other.test", new Start.Held("no key"))),
                        List.of(new JournalEntry(
                                now,
                                message,
                                JournalEntry.Kind.RECEPTION,
                                Map.of("client", "x\u001B[2J", "login", "anna@office.test")))));
        return message.toString();
    }

    private static NewDelivery delivery(TimeOrderedIds ids, String recipient, Start start) {
        return new NewDelivery(new DeliveryId(ids.next()), Recipient.of(EmailAddress.parse(recipient)), start);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
