package io.sealpost.relay.smtp;

import io.sealpost.mail.EmailAddress;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.Recipient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One mail transaction, from MAIL to the end of data (RFC 5321 §3.3). A recipient given twice counts once. */
final class Transaction implements AutoCloseable {
    private final Optional<EmailAddress> sender;
    private final MailOptions options;
    private final Map<String, Recipient> recipients = new LinkedHashMap<>();
    private Optional<ChunkedBody> chunks = Optional.empty();

    Transaction(Optional<EmailAddress> sender, MailOptions options) {
        this.sender = sender;
        this.options = options;
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

    void add(Recipient recipient) {
        // By the address as given: upper and lower case may be two mailboxes at the receiver's (RFC 5321 §2.4).
        recipients.putIfAbsent(recipient.address().toString(), recipient);
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

    /** Lets go of chunks that no LAST followed. */
    @Override
    public void close() {
        chunks.ifPresent(ChunkedBody::close);
        chunks = Optional.empty();
    }
}
