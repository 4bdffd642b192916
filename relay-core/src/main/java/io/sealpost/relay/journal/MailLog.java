package io.sealpost.relay.journal;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.MessageEnvelope;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line an event, in the shape of Postfix's log, which pflogsumm, exporters and fail2ban read. Thread-safe.
 *
 * <p>Neither content nor passwords; all text from outside escaped.
 */
public final class MailLog {
    private static final Logger LOG = LoggerFactory.getLogger("sealpost.mail");

    /** A message was stored: who brought it, its Message-ID, its envelope. */
    public void received(MessageEnvelope envelope, Reception reception) {
        QueueId id = envelope.id();
        String client = shown(reception.client());
        String login = shown(reception.login());
        LOG.atInfo()
                .addKeyValue("id", id)
                .addKeyValue("client", client)
                .addKeyValue("sasl_username", login)
                .log("{}: client={}, sasl_username={}", id, client, login);
        LOG.info("{}: message-id={}", id, shown(reception.messageId()));
        queued(envelope, reception.size(), reception.recipients().size());
    }

    /** A message stands in the queue; for notices of our own, the only line of their reception. */
    public void queued(MessageEnvelope envelope, long size, int recipients) {
        String from = shown(envelope.sender());
        LOG.atInfo()
                .addKeyValue("id", envelope.id())
                .addKeyValue("from", from)
                .addKeyValue("size", size)
                .addKeyValue("nrcpt", recipients)
                .log("{}: from=<{}>, size={}, nrcpt={} (queue active)", envelope.id(), from, size, recipients);
    }

    /** A message was refused at the end of its data. */
    public void rejected(String client, Optional<EmailAddress> sender, String reply) {
        LOG.info("NOQUEUE: reject: END-OF-MESSAGE from {}: {}; from=<{}>", shown(client), shown(reply), shown(sender));
    }

    /** An attempt for one recipient ended. */
    public void attempt(AttemptLine line) {
        String to = shown(Optional.of(line.recipient()));
        String relay = shown(line.relay());
        String status = status(line.result());
        LOG.atInfo()
                .addKeyValue("id", line.message())
                .addKeyValue("to", to)
                .addKeyValue("relay", relay)
                .addKeyValue("dsn", line.dsn())
                .addKeyValue("status", status)
                .log(
                        "{}: to=<{}>, relay={}, delay={}, delays={}, dsn={}, status={} ({})",
                        line.message(),
                        to,
                        relay,
                        seconds(line.delays().total()),
                        line.delays(),
                        line.dsn(),
                        status,
                        line.result().reply().shown());
    }

    /** A report of failure was stored with a settlement. */
    public void failureNotice(QueueId about, QueueId notice) {
        LOG.info("{}: sender non-delivery notification: {}", about, notice);
    }

    /** A warning of delay was stored with a settlement. */
    public void delayNotice(QueueId about, QueueId notice) {
        LOG.info("{}: sender delay notification: {}", about, notice);
    }

    private static String status(DeliveryResult result) {
        if (result instanceof DeliveryResult.Ended ended) {
            return switch (ended.end()) {
                case DELIVERED -> "sent";
                case BOUNCED -> "bounced";
                case EXPIRED -> "expired";
                case CANCELLED -> "cancelled";
            };
        }
        return result instanceof DeliveryResult.Held held ? "hold, " + shown(held.reason()) : "deferred";
    }

    /** Two significant digits below ten seconds, whole seconds from there. */
    static String seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(Math.max(0, duration.toMillis()), 3);
        BigDecimal rounded = seconds.compareTo(BigDecimal.TEN) >= 0
                ? seconds.setScale(0, RoundingMode.HALF_UP)
                : seconds.round(new MathContext(2, RoundingMode.HALF_UP));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static String shown(Optional<EmailAddress> address) {
        return shown(address.map(EmailAddress::toString).orElse(""));
    }

    private static String shown(String text) {
        return ForeignText.escape(text);
    }
}
