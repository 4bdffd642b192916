package io.sealpost.mail;

import java.util.Objects;
import java.util.Optional;

/**
 * What a remote host said, carried as one value from the socket to the queue, the journal, the log and the bounce (RFC 5321 §4.2).
 *
 * @param host the host that spoke, as {@code mx.example[192.0.2.1]:25}; "" when nobody was reached
 * @param command what it answered: {@code connect}, {@code EHLO}, {@code STARTTLS}, {@code MAIL}, {@code RCPT}, {@code DATA},
 *     {@code end of data}, {@code QUIT}
 * @param code the reply code, 200 to 599; 0 when there was no reply (time-out, closed connection, no route)
 * @param status the enhanced status: the host's, else ours where there was no reply; empty when the host gave none
 * @param text the words after code and status, lines joined by a blank, as they came (escape before showing); ours when code is 0
 */
public record RemoteReply(String host, String command, int code, Optional<EnhancedStatus> status, String text) {
    /** Throws when a part is null or the code is none. */
    public RemoteReply {
        Objects.requireNonNull(host, "host is null");
        Objects.requireNonNull(command, "command is null");
        Objects.requireNonNull(status, "status is null");
        Objects.requireNonNull(text, "text is null");
        if (code != 0 && (code < 200 || code > 599)) {
            throw new IllegalArgumentException("not a reply code: " + code);
        }
    }

    /** Trouble that no remote host put into words: a time-out, a refused connection, a failed look-up. */
    public static RemoteReply ownWords(String host, String command, EnhancedStatus status, String text) {
        return new RemoteReply(host, command, 0, Optional.of(status), text);
    }

    /** A 2xx reply. */
    public boolean isPositive() {
        return code >= 200 && code < 300;
    }

    /** A 4xx reply. */
    public boolean isTransient() {
        return code >= 400 && code < 500;
    }

    /** A 5xx reply. */
    public boolean isPermanent() {
        return code >= 500;
    }

    /** {@code 550 5.1.1 No such user}, escaped for logs and screens. */
    public String shown() {
        String prefix = (code == 0 ? "" : code + " ") + status.map(s -> s + " ").orElse("");
        return ForeignText.escape(prefix + text);
    }
}
