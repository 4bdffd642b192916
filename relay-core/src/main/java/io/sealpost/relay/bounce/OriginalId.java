package io.sealpost.relay.bounce;

import io.sealpost.relay.authorise.HeaderField;
import io.sealpost.relay.authorise.MessageHeader;
import java.io.IOException;
import java.util.Optional;

/** The Message-ID of the message that a report tells of. */
final class OriginalId {
    private OriginalId() {}

    /** Empty when there is none, or none that may stand in another header as it is. */
    static Optional<String> of(ReportedMessage message) {
        try {
            return MessageHeader.read(message.content(), 32 << 20) instanceof MessageHeader header
                    ? header.named("Message-ID").stream()
                            .findFirst()
                            .map(HeaderField::unfolded)
                            .filter(id -> id.matches("<[!-;=?-~]{1,250}>"))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
