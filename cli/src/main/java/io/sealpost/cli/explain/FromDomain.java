package io.sealpost.cli.explain;

import io.sealpost.mail.MailDomain;
import io.sealpost.queue.Content;
import io.sealpost.relay.authorise.FromHeader;
import io.sealpost.relay.authorise.HeaderField;
import io.sealpost.relay.authorise.MessageHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The domain of a message's From, read as intake reads it. */
final class FromDomain {
    private FromDomain() {}

    /** Empty when the header or its From cannot be read safely. */
    static Optional<MailDomain> of(byte[] message) {
        try {
            if (!(MessageHeader.read(Content.of(message), message.length) instanceof MessageHeader header)) {
                return Optional.empty();
            }
            List<HeaderField> from = header.named("From");
            return from.size() == 1 && FromHeader.parse(from.get(0).body()) instanceof FromHeader.Addresses addresses
                    ? Optional.of(addresses.mailboxes().get(0).domain())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
    }
}
