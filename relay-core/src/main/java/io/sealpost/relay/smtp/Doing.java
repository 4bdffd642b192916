package io.sealpost.relay.smtp;

/** What a session's thread is at, as others may know it. */
enum Doing {
    WAITS_BETWEEN_MAILS,
    WAITS_WITHIN_A_MAIL,
    WORKS
}
