package io.sealpost.relay.deliver;

/** The content cannot be read, or is not fit for the wire: a fault of ours, met while it was being sent. */
final class UnsendableContent extends Exception {
    UnsendableContent(String why) {
        super(why);
    }

    UnsendableContent(String why, Throwable cause) {
        super(why, cause);
    }
}
