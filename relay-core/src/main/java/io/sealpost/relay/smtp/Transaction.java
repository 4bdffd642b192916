package io.sealpost.relay.smtp;

import io.sealpost.account.limit.Allowance;
import io.sealpost.account.limit.OverLimit;
import io.sealpost.mail.EmailAddress;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.Recipient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One mail transaction, from MAIL to the end of data (RFC 5321 §3.3). A recipient given twice counts once. Closed behind each end, so that
 * what was not sent is not counted.
 */
final class Transaction implements AutoCloseable {
    private final Optional<EmailAddress> sender;
    private final MailOptions options;
    private final Allowance allowance;
    private final Map<String, Recipient> recipients = new LinkedHashMap<>();
    private Optional<ChunkedBody> chunks = Optional.empty();

    Transaction(Optional<EmailAddress> sender, MailOptions options, Allowance allowance) {
        this.sender = sender;
        this.options = options;
        this.allowance = allowance;
    }

    Optional<EmailAddress> sender() {
        return sender;
    }

    MailOptions options() {
        return options;
    }

    List<Recipient> recipients() {
        return List.copyOf(recipients.values());
    }

    int recipientCount() {
        return recipients.size();
    }

    /** Present, and not added, when the account has sent to as many as it may. */
    Optional<OverLimit> add(Recipient recipient) {
        // By the address as given: upper and lower case may be two mailboxes at the receiver's (RFC 5321 §2.4).
        String key = recipient.address().toString();
        if (recipients.containsKey(key)) {
            return Optional.empty();
        }
        Optional<OverLimit> over = allowance.recipient();
        if (over.isEmpty()) {
            recipients.put(key, recipient);
        }
        return over;
    }

    /** A recipient was refused for what it is. */
    void refused() {
        allowance.refused();
    }

    /** It was accepted. */
    void accepted() {
        allowance.spend();
    }

    /** What BDAT brought so far; empty before its first chunk. */
    Optional<ChunkedBody> chunks() {
        return chunks;
    }

    void beginChunks(ChunkedBody body) {
        chunks = Optional.of(body);
    }

    /** From now on the body of chunks is its receiver's to close. */
    void handOver() {
        chunks = Optional.empty();
    }

    /** Lets go of chunks that no LAST followed, and gives back what was counted, unless the message was accepted. */
    @Override
    public void close() {
        allowance.close();
        chunks.ifPresent(ChunkedBody::close);
        chunks = Optional.empty();
    }
}
