package io.sealpost.relay.smtp;

/** What a listener does with a line of message data over 998 octets, which RFC 5322 §2.1.1 forbids and programs send all the same. */
public enum LongLines {
    /** It is taken as it is. */
    PASS,
    /** The message is refused with {@code 554 5.6.0} after its true end. */
    REFUSE
}
