package io.sealpost.queue;

/** Which waiting messages carry a signature of a DKIM key. Thread-safe. */
public interface SigningKeyUse {
    /**
     * Looks through the oldest waiting messages; throws {@link io.sealpost.database.StoreUnavailable} when the database is away.
     *
     * @param key its row
     * @param most messages to look at
     */
    Carrying carrying(long key, int most);

    /**
     * What a look gave.
     *
     * @param messages how many of them carry it
     * @param looked at how many messages it looked
     */
    record Carrying(int messages, int looked) {}
}
