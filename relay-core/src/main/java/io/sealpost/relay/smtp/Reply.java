package io.sealpost.relay.smtp;

import io.sealpost.account.limit.LimitSettings.WhenOver;
import io.sealpost.account.limit.OverLimit;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.ForeignText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A reply of ours (RFC 5321 §4.2).
 *
 * @param code the reply code
 * @param status the enhanced status of each line; empty for 3xx and EHLO (RFC 2034 §4)
 * @param lines the text, at least one line
 */
record Reply(int code, Optional<EnhancedStatus> status, List<String> lines) {
    private static final int PROTOCOL = 5; // RFC 3463 §3.6: X.5.X
    private static final int MAX_TEXT = 490; // RFC 5321 §4.5.3.1.5: 512 with code, status and CRLF

    Reply {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || status.filter(s -> s.statusClass() != code / 100).isPresent()) {
            throw new IllegalArgumentException(
                    code + " does not go with " + status + " and " + lines.size() + " lines");
        }
    }

    static Reply of(int code, EnhancedStatus status, String sentence) {
        return new Reply(code, Optional.of(status), List.of(sentence));
    }

    static Reply of(int code, String status, String sentence) {
        return of(code, EnhancedStatus.of(status), sentence);
    }

    /** What a sender hears who has sent as much as it may. */
    static Reply of(OverLimit over) {
        return over.answer() == WhenOver.REFUSE ? of(550, "5.7.1", over.sentence()) : of(450, "4.7.1", over.sentence());
    }

    /** A reply that has no enhanced status. */
    static Reply plain(int code, List<String> lines) {
        return new Reply(code, Optional.empty(), lines);
    }

    /** Whether the client broke the protocol, which is borne only so often; addresses and passwords that are wrong do not count here. */
    boolean isProtocolFault() {
        boolean protocol = status.filter(s -> s.subject() == PROTOCOL).isPresent();
        return (code >= 500 && protocol) || code == 530 || code == 538;
    }

    byte[] onWire() {
        StringBuilder wire = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            wire.append(code).append(i == lines.size() - 1 ? ' ' : '-');
            status.ifPresent(s -> wire.append(s).append(' '));
            wire.append(shown(lines.get(i))).append("\r\n");
        }
        return wire.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String shown(String line) {
        String escaped = ForeignText.escape(line);
        return escaped.substring(0, Math.min(escaped.length(), MAX_TEXT));
    }

    /** The first line, as the log shows it. */
    @Override
    public String toString() {
        return code + " " + status.map(s -> s + " ").orElse("") + shown(lines.get(0));
    }
}
