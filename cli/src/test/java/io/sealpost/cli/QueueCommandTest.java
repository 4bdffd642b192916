package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.console.Sysexits;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueCommandTest {
    @TempDir
    private Path folder;

    private Shell shell;
    private String id;

    @BeforeEach
    void storeOneMessageForTwo() throws IOException {
        shell = Shell.in(folder, "");
        TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC(), 5);
        QueueId message = new QueueId(ids.next());
        Instant now = Instant.now();
        new JdbcQueueIntake(shell.database().transactions(), Clock.systemUTC(), ids, QueueSettings.ofNode(5))
                .enqueue(new NewMessage(
                        new MessageEnvelope(
                                message,
                                Origin.notice(1),
                                Optional.of(EmailAddress.parse("anna@office.test")),
                                MailOptions.NONE,
                                MessageKind.SUBMITTED,
                                now,
                                now.plusSeconds(3600)),
                        new SignedPrefix(bytes("Received: by relay\r\n"), List.of()),
                        Content.of(bytes("From: anna@office.test\r\n\r\nHi\r\n")),
                        List.of(
                                delivery(ids, "bert@shop.test", new Start.Queued()),
                                delivery(ids, "carl@other.test", new Start.Held("no key"))),
                        List.of(new JournalEntry(
                                now, message, JournalEntry.Kind.RECEPTION, Map.of("client", "x\u001B[2J")))));
        id = message.toString();
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void listsWhatWaitsWithItsReason() throws IOException {
        assertThat(shell.run("queue", "list").out().lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("bert@shop.test") && line.contains("queued"))
                .anyMatch(line -> line.contains("carl@other.test") && line.contains("hold") && line.contains("no key"));
        assertThat(shell.run("queue", "list", "--domain", "shop.test").out()).doesNotContain("carl@");
        assertThat(shell.run("queue", "list", "--state", "deferred").out()).isEqualTo("Nothing waits.\n");
        JsonNode rows =
                new ObjectMapper().readTree(shell.run("queue", "list", "--json").out());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("id").asText()).isEqualTo(id);
        assertThat(rows.get(0).get("sender").asText()).isEqualTo("anna@office.test");
    }

    @Test
    void printsTheMessageByteForByte() {
        assertThat(shell.run("queue", "raw", id).out())
                .isEqualTo("Received: by relay\r\nFrom: anna@office.test\r\n\r\nHi\r\n");
    }

    @Test
    void holdsReleasesAndDropsAfterSayingHowMany() {
        assertThat(shell.run("queue", "hold", "--domain", "shop.test", "--dry-run")
                        .out())
                .startsWith("1 deliveries match");
        assertThat(shell.run("queue", "hold", id, "--reason", "looks odd").out())
                .startsWith("1 deliveries held");
        assertThat(shell.run("queue", "list").out()).contains("looks odd");
        assertThat(shell.run("queue", "release", "--all").out()).startsWith("2 deliveries released");
        assertThat(shell.run("queue", "retry", id).out()).startsWith("2 deliveries due now");
        assertThat(shell.run("queue", "drop", id).out()).startsWith("2 deliveries dropped");
        assertThat(shell.run("queue", "list").out()).isEqualTo("Nothing waits.\n");
        assertThat(shell.run("queue", "raw", id).code()).isEqualTo(Sysexits.NOINPUT);
    }

    @Test
    void tellsTheStoryOfEndedMessagesTooWithForeignTextEscaped() {
        shell.run("queue", "drop", id);

        String story = shell.run("trace", id).out();

        assertThat(story).contains("reception: client=x\\x1B[2J", "admin: action=drop");
        assertThat(shell.run("trace", id, "--json").out()).contains("\"RECEPTION\"", "\"ADMIN\"");
    }

    private static NewDelivery delivery(TimeOrderedIds ids, String recipient, Start start) {
        return new NewDelivery(new DeliveryId(ids.next()), Recipient.of(EmailAddress.parse(recipient)), start);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
