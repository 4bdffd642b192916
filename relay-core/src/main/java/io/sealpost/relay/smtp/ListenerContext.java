package io.sealpost.relay.smtp;

import java.util.function.Supplier;

/**
 * What the sessions of one listener share.
 *
 * @param listener its settings
 * @param service what all listeners share: now, for a session that begins
 * @param sessions those of all listeners
 * @param bodies where arriving bodies are kept
 * @param verbs the listener's commands
 */
record ListenerContext(
        ListenerSettings listener,
        Supplier<SmtpService> service,
        OpenSessions sessions,
        BodyStore bodies,
        Verbs verbs) {}
