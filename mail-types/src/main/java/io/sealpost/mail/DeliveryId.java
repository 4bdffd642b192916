package io.sealpost.mail;

/**
 * The id of one recipient's delivery; made and shown as a {@link QueueId} is.
 *
 * @param value the number as stored; not negative
 */
public record DeliveryId(long value) implements Comparable<DeliveryId> {
    /** Throws IllegalArgumentException for a negative number. */
    public DeliveryId {
        if (value < 0) {
            throw new IllegalArgumentException("a delivery id is not negative: " + value);
        }
    }

    @Override
    public int compareTo(DeliveryId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Base32.encode(value);
    }
}
