package io.sealpost.queue;

/** The states of a waiting delivery, in Postfix's words; stored by number in {@link #code()}. */
public enum DeliveryState {
    /** Never tried. */
    QUEUED(1),
    /** Leased to a node that works on it. */
    ACTIVE(2),
    /** Tried, to be tried again. */
    DEFERRED(3),
    /** Not tried until released. */
    HOLD(4);

    private final int code;

    DeliveryState(int code) {
        this.code = code;
    }

    /** The number in the database; never given another meaning. */
    public int code() {
        return code;
    }

    /** The state of a stored number; throws IllegalArgumentException for one that is none. */
    public static DeliveryState ofCode(int code) {
        for (DeliveryState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("not a delivery state: " + code);
    }
}
