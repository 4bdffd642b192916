package io.sealpost.relay.deliver;

/** A kept connection that the host meanwhile ended or has had enough of; says nothing about the message. */
final class StaleConnection extends Exception {
    StaleConnection(String why) {
        super(why);
    }
}
