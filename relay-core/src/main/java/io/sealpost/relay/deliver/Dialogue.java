package io.sealpost.relay.deliver;

import io.sealpost.mail.RemoteReply;
import java.util.List;

/** Commands and their replies in order, all written at once or one after the other. Not thread-safe. */
final class Dialogue {
    private final SmtpConnection connection;
    private final boolean pipelined;

    Dialogue(SmtpConnection connection, boolean pipelined) {
        this.connection = connection;
        this.pipelined = pipelined;
    }

    /** Writes all of it now where the host takes that (RFC 2920 §3.1). */
    void announce(String reset, List<String> commands) throws BrokenConversation {
        if (pipelined) {
            connection.write(Stage.MAIL, reset + String.join("", commands));
        }
    }

    /** Clears what an earlier transaction left; a host that does not is of no more use. */
    void reset(String command) throws BrokenConversation {
        RemoteReply reply = exchange(Stage.MAIL, command);
        if (!reply.isPositive()) {
            throw new BrokenConversation(Stage.MAIL, reply);
        }
    }

    /** The reply to a command, which is written now unless it already was. */
    RemoteReply exchange(Stage stage, String command) throws BrokenConversation {
        if (!pipelined) {
            connection.write(stage, command);
        }
        return connection.read(stage);
    }
}
