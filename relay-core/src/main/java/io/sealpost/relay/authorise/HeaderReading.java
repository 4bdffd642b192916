package io.sealpost.relay.authorise;

/** What {@link MessageHeader#read} found. */
public sealed interface HeaderReading permits MessageHeader, HeaderReading.Malformed, HeaderReading.TooLong {
    /**
     * Something among the fields is none.
     *
     * @param number which, counted from 1
     */
    record Malformed(int number) implements HeaderReading {}

    /**
     * No end was found in time.
     *
     * @param limit in bytes
     */
    record TooLong(int limit) implements HeaderReading {}
}
