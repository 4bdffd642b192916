package io.sealpost.relay.dns;

import java.util.List;

/**
 * What the DNS said. The four are never confused: only {@link NoData} and {@link NxDomain} say that something is not there.
 *
 * @param <T> what a record holds
 */
public sealed interface DnsAnswer<T> {
    /**
     * There are records.
     *
     * @param records at least one, in the order of the answer
     */
    record Found<T>(List<T> records) implements DnsAnswer<T> {
        /** Throws IllegalArgumentException without a record. */
        public Found {
            records = List.copyOf(records);
            if (records.isEmpty()) {
                throw new IllegalArgumentException("found nothing");
            }
        }
    }

    /** The name exists, without a record of this type (RFC 2308 §2.2). */
    record NoData<T>() implements DnsAnswer<T> {}

    /** The name does not exist (RFC 2308 §2.1); a name that is no name in the DNS counts as one. */
    record NxDomain<T>() implements DnsAnswer<T> {}

    /**
     * Nobody gave a usable answer; it says nothing about the name.
     *
     * @param why what the last server asked did
     * @param detail for the log, in plain words
     */
    record Failed<T>(DnsFailure why, String detail) implements DnsAnswer<T> {}
}
