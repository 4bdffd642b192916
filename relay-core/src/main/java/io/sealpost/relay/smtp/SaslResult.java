package io.sealpost.relay.smtp;

import io.sealpost.mail.Secret;

/** How the exchange of AUTH ended. */
sealed interface SaslResult {
    /** The client said who it is. */
    record Credentials(String name, Secret password) implements SaslResult {}

    /** It wants to act as somebody else than it is (RFC 4616 §2, authorization identity). */
    record ForeignIdentity(String name) implements SaslResult {}

    /** It gave up or made no sense, and has its answer. */
    record Answered() implements SaslResult {}
}
