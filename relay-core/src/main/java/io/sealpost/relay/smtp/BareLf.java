package io.sealpost.relay.smtp;

/** What a listener does with a line feed in message data that no carriage return precedes. It never ends the data. */
public enum BareLf {
    /** It becomes CRLF. */
    NORMALIZE,
    /** The message is refused with {@code 554 5.6.0} after its true end. */
    REFUSE
}
