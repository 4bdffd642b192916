package io.sealpost.queue.jdbc;

import static io.sealpost.database.SqlTimes.toSql;
import static io.sealpost.queue.jdbc.SqlText.HOLD_REASON;
import static io.sealpost.queue.jdbc.SqlText.cut;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.Buckets;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.NewDelivery.Start;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.SignedPrefix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The statements that store new messages; one method a statement. */
final class IntakeSql {
    private static final int PART = 1 << 20;
    private static final int FLUSH = 4 << 20;

    private static final String MESSAGE = """
            INSERT INTO message (id, tenant, account, credential, sender, prefix, key_ids, size, body_type, smtputf8, requiretls,
                                 priority, is_notice, ret, envid, language, hold_until, received, expires)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String CONTENT = """
            INSERT INTO message_content (message, part, bytes) VALUES (?, ?, ?)""";
    private static final String DELIVERY = """
            INSERT INTO delivery (id, message, n, tenant, account, priority, recipient, recipient_domain, orcpt, notify, bucket,
                                  state, hold_reason, next_at, attempts, notices_sent, node, claim, lease_until, line, version)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, 1)""";
    private static final String STORED = """
            SELECT COUNT(*) FROM message
            WHERE id = ? AND tenant = ? AND sender = ? AND size = ? AND received = ? AND expires = ?""";

    private IntakeSql() {}

    static void insertMessages(Handle handle, List<NewMessage> messages) {
        SqlBatch.run(
                handle,
                MESSAGE,
                messages,
                (batch, message) -> add(
                        batch,
                        message.envelope(),
                        message.signedPrefix(),
                        message.content().size()));
    }

    private static void add(SqlBatch batch, MessageEnvelope envelope, SignedPrefix prefix, long size) {
        MailOptions options = envelope.options();
        batch.add(
                envelope.id().value(),
                envelope.origin().tenant(),
                orNull(envelope.origin().account()),
                orNull(envelope.origin().credential()),
                sender(envelope),
                prefix.bytes(),
                joined(prefix.keyIds()),
                size,
                options.bodyType().code(),
                options.extensions().smtpUtf8(),
                options.extensions().requireTls(),
                options.priority(),
                envelope.kind() == MessageKind.NOTICE,
                options.dsn().ret().orElse(null),
                options.dsn().envid().orElse(null),
                options.language().orElse(null),
                options.holdUntil().orElse(null),
                envelope.received(),
                envelope.expires());
    }

    /** Whether the message that has this id is this message. */
    static boolean isStored(Handle handle, NewMessage message) {
        MessageEnvelope envelope = message.envelope();
        return handle.createQuery(STORED)
                        .bind(0, envelope.id().value())
                        .bind(1, envelope.origin().tenant())
                        .bind(2, sender(envelope))
                        .bind(3, message.content().size())
                        .bind(4, toSql(envelope.received()))
                        .bind(5, toSql(envelope.expires()))
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    /** In parts of at most 1 MiB; a large content is never whole in memory. */
    static void insertContents(Handle handle, List<NewMessage> messages) {
        try (SqlBatch batch = SqlBatch.of(handle, CONTENT)) {
            long gathered = 0;
            for (NewMessage message : messages) {
                gathered = addContent(batch, message, gathered);
            }
            batch.execute();
        }
    }

    /** Returns how many bytes the batch has gathered since it was last executed. */
    private static long addContent(SqlBatch batch, NewMessage message, long before) {
        QueueId id = message.envelope().id();
        long gathered = before;
        long all = 0;
        try (InputStream in = message.content().open()) {
            int part = 0;
            for (byte[] bytes = in.readNBytes(PART); bytes.length > 0; bytes = in.readNBytes(PART)) {
                batch.add(id.value(), part++, bytes);
                all += bytes.length;
                gathered += bytes.length;
                if (gathered >= FLUSH) {
                    batch.execute();
                    gathered = 0;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the content of " + id + " cannot be read", e);
        }
        if (all != message.content().size()) {
            throw new IllegalStateException("the content of " + id + " has " + all + " bytes, not "
                    + message.content().size());
        }
        return gathered;
    }

    static void insertDeliveries(Handle handle, List<MessageWriter.Planned> messages) {
        try (SqlBatch batch = SqlBatch.of(handle, DELIVERY)) {
            for (MessageWriter.Planned planned : messages) {
                List<NewDelivery> deliveries = planned.message().deliveries();
                for (int n = 0; n < deliveries.size(); n++) {
                    add(batch, planned.message().envelope(), n, deliveries.get(n), planned.lease());
                }
            }
            batch.execute();
        }
    }

    private static void add(SqlBatch batch, MessageEnvelope envelope, int n, NewDelivery delivery, LeaseTerms lease) {
        EmailAddress recipient = delivery.recipient().address();
        boolean leased = delivery.start() instanceof Start.Leased;
        batch.add(
                delivery.id().value(),
                envelope.id().value(),
                n,
                envelope.origin().tenant(),
                orNull(envelope.origin().account()),
                envelope.options().priority(),
                recipient.toString(),
                recipient.domain().ascii(),
                delivery.recipient().orcpt().orElse(null),
                delivery.recipient().dsnNotify().orElse(null),
                Buckets.of(recipient.domain()),
                state(delivery.start()).code(),
                delivery.start() instanceof Start.Held held ? cut(held.reason(), HOLD_REASON) : null,
                envelope.options().holdUntil().orElse(envelope.received()),
                leased ? lease.node() : null,
                leased ? lease.claim() : null,
                leased ? lease.until() : null,
                Line.of(envelope.options().priority(), envelope.origin(), recipient.domain()));
    }

    private static String sender(MessageEnvelope envelope) {
        return envelope.sender().map(EmailAddress::toString).orElse("");
    }

    private static DeliveryState state(Start start) {
        if (start instanceof Start.Leased) {
            return DeliveryState.ACTIVE;
        }
        return start instanceof Start.Held ? DeliveryState.HOLD : DeliveryState.QUEUED;
    }

    static String joined(List<Long> keyIds) {
        return keyIds.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
