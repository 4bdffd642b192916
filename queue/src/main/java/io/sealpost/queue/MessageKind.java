package io.sealpost.queue;

/** Who wrote a message; a notice is never answered with a notice. */
public enum MessageKind {
    /** Submitted by an account. */
    SUBMITTED,
    /** A bounce, warning or report of our own. */
    NOTICE
}
