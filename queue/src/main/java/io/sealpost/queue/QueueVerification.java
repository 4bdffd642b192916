package io.sealpost.queue;

import java.util.Set;

/**
 * Looks for rows that do not fit together, and mends what can be mended without losing mail. It reads everything, in short statements;
 * relays may run meanwhile. Thread-safe; throws {@link io.sealpost.database.StoreUnavailable} when the database is away.
 */
public interface QueueVerification {
    /** Whether anything is changed. */
    enum Mode {
        /** Nothing is. */
        LOOK,
        /** What is found is mended where that loses nothing. */
        MEND
    }

    /** What can be wrong. */
    enum Fault {
        /** A message whose deliveries have all ended; mended: it is removed with its content. */
        MESSAGE_WITHOUT_DELIVERY,
        /** A delivery whose message is missing; mended: it is put on hold, so that nobody tries it again and again. */
        DELIVERY_WITHOUT_MESSAGE,
        /** Content of no message; mended: it is removed, unless a delivery names it. */
        CONTENT_WITHOUT_MESSAGE,
        /** Parts of a message's content are missing, or it is longer or shorter than it was; mended: its deliveries are put on hold. */
        CONTENT_DAMAGED,
        /** Leases of a node that gives no sign of life; mended: they are due again. */
        LEASES_OF_THE_DEAD,
        /** Under way without a lease, or leased without being under way; mended: it is due again. */
        STATE_WITHOUT_LEASE
    }

    /**
     * One thing that is wrong.
     *
     * @param fault what kind
     * @param subject the message's id, or the node
     * @param sentence what is wrong, in plain words
     * @param mended whether it is right, or harmless, now
     */
    record Finding(Fault fault, String subject, String sentence, boolean mended) {}

    /** Hears how it goes. */
    interface Listener {
        /** Something is wrong. */
        void found(Finding finding);

        /** So many rows of a kind have been looked at so far. */
        void progress(String rows, long count);
    }

    /**
     * Looks at everything once.
     *
     * @param living the numbers of the nodes that give signs of life
     */
    void verify(Mode mode, Set<Integer> living, Listener listener);
}
