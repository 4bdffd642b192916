package io.sealpost.relay.bounce;

import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.Recipient;
import java.util.Arrays;

/** Whether the sender of a message is told of what happens to it. */
public final class ToldSenders {
    private ToldSenders() {}

    /**
     * Never the null sender, never about a notice, and as NOTIFY says (RFC 3461 §4.1).
     *
     * @param event {@code FAILURE} or {@code DELAY}
     */
    public static boolean wants(MessageEnvelope message, Recipient recipient, String event) {
        boolean asked = recipient
                .dsnNotify()
                .map(events -> Arrays.asList(events.split(",")).contains(event))
                .orElse(true);
        return asked
                && message.kind() == MessageKind.SUBMITTED
                && message.sender().isPresent();
    }
}
