package io.sealpost.queue.jdbc;

/** Text from outside, cut to what a column takes: the server would refuse it, and a long reply must not keep a settlement from its end. */
final class SqlText {
    /** {@code delivery.hold_reason}. */
    static final int HOLD_REASON = 500;
    /** {@code delivery.last_host}. */
    static final int HOST = 320;
    /** {@code delivery.last_command}. */
    static final int COMMAND = 40;
    /** {@code delivery.last_text}. */
    static final int REPLY = 2000;

    /** {@code audit.subject}. */
    static final int AUDIT_SUBJECT = 320;

    private SqlText() {}

    /** At most {@code characters} characters (code points) of the text. */
    static String cut(String text, int characters) {
        return text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters));
    }
}
