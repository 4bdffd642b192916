package io.sealpost.queue;

import io.sealpost.mail.DeliveryId;
import java.util.Objects;

/**
 * One recipient of a new message.
 *
 * @param id made by this node before the message is stored
 * @param recipient the address and what RCPT asked for
 * @param start leased for a first attempt from memory, left for an ordinary claim, or held
 */
public record NewDelivery(DeliveryId id, Recipient recipient, Start start) {
    /** Throws when a part is null. */
    public NewDelivery {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(recipient, "recipient is null");
        Objects.requireNonNull(start, "start is null");
    }

    /** In which state a delivery begins. */
    public sealed interface Start {
        /** {@code active}, leased to the node that stores it. */
        record Leased() implements Start {}

        /** {@code queued}, due at once (or at FUTURERELEASE's time). */
        record Queued() implements Start {}

        /**
         * {@code hold}, until somebody releases it.
         *
         * @param reason in plain words, shown by {@code queue show}
         */
        record Held(String reason) implements Start {}
    }
}
