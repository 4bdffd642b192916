package io.sealpost.relay.smtp;

/**
 * What the sessions of one listener share.
 *
 * @param listener its settings
 * @param service what all listeners share
 * @param sessions those of all listeners
 * @param bodies where arriving bodies are kept
 * @param verbs the listener's commands
 */
record ListenerContext(
        ListenerSettings listener, SmtpService service, OpenSessions sessions, BodyStore bodies, Verbs verbs) {}
