package io.sealpost.relay.smtp;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What the sessions of one listener share.
 *
 * @param listener its settings
 * @param service what all listeners share: now, for a session that begins
 * @param sessions those of all listeners
 * @param bodies where arriving bodies are kept
 * @param verbs the listener's commands
 * @param closing whether this listener has closed while the others go on
 */
record ListenerContext(
        ListenerSettings listener,
        Supplier<SmtpService> service,
        OpenSessions sessions,
        BodyStore bodies,
        Verbs verbs,
        AtomicBoolean closing) {
    /** What a session begins with. */
    SmtpService serviceNow() {
        SmtpService now = service.get();
        return listener.legacy().isEmpty() ? now : now.with(LegacyRules.lower(now.limits()));
    }

    /** Whether sessions are to end: all of them, or those of this listener. */
    boolean isDraining() {
        return closing.get() || sessions.isDraining();
    }

    boolean hasPlace(SmtpSession session) {
        return sessions.hasPlace(session)
                && (listener.legacy().isEmpty() || sessions.countOf(listener) <= LegacyRules.MAX_CONNECTIONS);
    }
}
