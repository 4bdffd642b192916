package io.sealpost.relay.smtp;

/** One line of the client's, as read from the wire. */
sealed interface CommandLine {
    /** CRLF at its end and nothing in it that no command may hold; the text is without the CRLF. */
    record Fit(String text) implements CommandLine {
        /** Lines hold passwords. */
        @Override
        public String toString() {
            return "a line of " + text.length() + " characters";
        }
    }

    /** A line that no verb may see. */
    record Unfit(Why why) implements CommandLine {}

    /** What is wrong with an unfit line. */
    enum Why {
        /** Longer than allowed. */
        TOO_LONG,
        /** Ended by LF alone, or with a CR, a NUL or another control character in it. */
        CONTROL_CHARACTER,
        /** No end in sight, or bytes of TLS, HTTP or SSH: whoever this is does not speak SMTP. */
        FOREIGN
    }
}
