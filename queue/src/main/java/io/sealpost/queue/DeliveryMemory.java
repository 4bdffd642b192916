package io.sealpost.queue;

import java.util.List;

/**
 * What delivering must remember beyond one message. Thread-safe; all methods throw {@link io.sealpost.database.StoreUnavailable} when the
 * database is away.
 */
public interface DeliveryMemory {
    /** The suspensions that count now; at most {@link QueueSuspensions#MOST}. */
    List<Suspension> suspensions();

    /**
     * Makes due what a suspension put off that was ended early or shortened, at most 500 deliveries.
     *
     * @return how many; call again while it is 500
     */
    int bringBack(Suspension ended);
}
