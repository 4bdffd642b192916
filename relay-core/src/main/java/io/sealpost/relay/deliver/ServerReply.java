package io.sealpost.relay.deliver;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A reply as it came over the wire.
 *
 * @param code 200 to 599
 * @param lines what stands after code and separator; at least one
 */
record ServerReply(int code, List<String> lines) {
    /** The text goes into tables and bounces. */
    private static final int MAX_TEXT = 2000;

    ServerReply {
        lines = List.copyOf(lines);
    }

    boolean isPositive() {
        return code < 300;
    }

    RemoteReply from(Peer peer, Stage stage) {
        Optional<EnhancedStatus> status = EnhancedStatus.leading(lines.get(0));
        String text = lines.stream().map(line -> withoutStatus(line, status)).collect(Collectors.joining(" "));
        return new RemoteReply(
                peer.shown(), stage.command(), code, status, text.substring(0, Math.min(MAX_TEXT, text.length())));
    }

    /** RFC 2034 §4: every line of a reply repeats the status. */
    private static String withoutStatus(String line, Optional<EnhancedStatus> status) {
        return status.isPresent() && EnhancedStatus.leading(line).equals(status)
                ? line.substring(status.get().toString().length()).strip()
                : line.strip();
    }
}
