package io.sealpost.queue.jdbc;

import static io.sealpost.database.SqlTimes.fromSql;

import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.DeliveryProgress;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.Lease;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.Origin;
import io.sealpost.queue.QueueFailing;
import io.sealpost.queue.QueuePosition;
import io.sealpost.queue.QueueRow;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SignedPrefix;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Rows to values; the columns are named as in the migrations. */
final class Rows {
    private Rows() {}

    /** A message without its content. */
    record MessageRow(MessageEnvelope envelope, SignedPrefix prefix, long size) {}

    static MessageRow message(ResultSet row) throws SQLException {
        MailOptions options = new MailOptions(
                MailOptions.BodyType.ofCode(row.getInt("body_type")),
                new MailOptions.Extensions(row.getBoolean("smtputf8"), row.getBoolean("requiretls")),
                row.getInt("priority"),
                new MailOptions.DsnRequest(text(row, "ret"), text(row, "envid")),
                text(row, "language"),
                time(row, "hold_until"));
        MessageEnvelope envelope = new MessageEnvelope(
                new QueueId(row.getLong("id")),
                new Origin(row.getLong("tenant"), number(row, "account"), number(row, "credential")),
                sender(row),
                options,
                row.getBoolean("is_notice") ? MessageKind.NOTICE : MessageKind.SUBMITTED,
                time(row, "received").orElseThrow(),
                time(row, "expires").orElseThrow());
        return new MessageRow(
                envelope,
                new SignedPrefix(row.getBytes("prefix"), keyIds(row.getString("key_ids"))),
                row.getLong("size"));
    }

    static ClaimedDelivery claimed(ResultSet row) throws SQLException {
        Lease lease = new Lease(
                new DeliveryId(row.getLong("id")),
                new QueueId(row.getLong("message")),
                row.getLong("version"),
                time(row, "lease_until").orElseThrow());
        return new ClaimedDelivery(lease, recipient(row), progress(row));
    }

    static QueueFailing.FailedDelivery failed(ResultSet row) throws SQLException {
        return new QueueFailing.FailedDelivery(recipient(row), progress(row).lastReply());
    }

    private static Recipient recipient(ResultSet row) throws SQLException {
        return new Recipient(address(row.getString("recipient")), text(row, "orcpt"), text(row, "notify"));
    }

    static QueueRow queueRow(ResultSet row) throws SQLException {
        QueueRow.Status status = new QueueRow.Status(
                DeliveryState.ofCode(row.getInt("state")),
                text(row, "hold_reason"),
                time(row, "next_at").orElseThrow(),
                progress(row));
        QueueRow.Path path = new QueueRow.Path(
                number(row, "account"), sender(row), address(row.getString("recipient")), text(row, "site"));
        return new QueueRow(
                new QueuePosition(new QueueId(row.getLong("message")), row.getInt("n")),
                new DeliveryId(row.getLong("id")),
                path,
                row.getLong("whole_size"),
                time(row, "received").orElseThrow(),
                status);
    }

    static JournalEntry journal(ResultSet row) throws SQLException {
        return new JournalEntry(
                time(row, "at").orElseThrow(),
                new QueueId(row.getLong("message")),
                JournalEntry.Kind.valueOf(row.getString("kind")),
                JournalJson.read(row.getString("json")));
    }

    private static DeliveryProgress progress(ResultSet row) throws SQLException {
        Optional<RemoteReply> reply = Optional.empty();
        int code = row.getInt("last_code");
        if (!row.wasNull()) {
            reply = Optional.of(new RemoteReply(
                    row.getString("last_host"),
                    row.getString("last_command"),
                    code,
                    text(row, "last_status").map(EnhancedStatus::of),
                    row.getString("last_text")));
        }
        return new DeliveryProgress(row.getInt("attempts"), row.getInt("notices_sent"), reply);
    }

    private static Optional<EmailAddress> sender(ResultSet row) throws SQLException {
        String sender = row.getString("sender");
        return sender.isEmpty() ? Optional.empty() : Optional.of(address(sender));
    }

    /** As it was stored, even where it is longer than what a client may send. */
    static EmailAddress address(String stored) {
        int at = stored.lastIndexOf('@');
        return new EmailAddress(stored.substring(0, at), new MailDomain(stored.substring(at + 1)));
    }

    private static List<Long> keyIds(String joined) {
        return joined.isEmpty()
                ? List.of()
                : Arrays.stream(joined.split(",")).map(Long::valueOf).toList();
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? Optional.empty() : Optional.of(fromSql(value));
    }
}
