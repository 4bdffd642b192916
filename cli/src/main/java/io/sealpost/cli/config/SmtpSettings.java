package io.sealpost.cli.config;

import io.sealpost.mail.DataSize;
import java.time.Duration;

/**
 * {@code [smtp]}: what all listeners allow.
 *
 * @param clientAddressInReceived whether the Received field names the client
 */
public record SmtpSettings(
        Message message,
        Session session,
        Connections connections,
        Bodies bodies,
        Timeouts timeouts,
        ClientAddressInReceived clientAddressInReceived) {

    /** {@code max_message_size}, {@code max_recipients}, {@code max_header_size}, {@code max_hops}. */
    public record Message(DataSize size, int recipients, DataSize header, int hops) {}

    /** {@code max_command_line}, {@code max_auth_line}, {@code max_faults}, {@code max_login_failures}, {@code max_mails}. */
    public record Session(int commandLine, int authLine, int faults, int loginFailures, int mails) {}

    /** {@code max_connections}, and those of an address and of an account. */
    public record Connections(int all, int perAddress, int perAccount) {}

    /** {@code body_memory} of all messages that arrive, {@code body_in_memory} of one. */
    public record Bodies(DataSize memory, DataSize each) {}

    /** How long a client may take. */
    public record Timeouts(
            Duration handshake,
            Duration login,
            Duration command,
            Duration dataBlock,
            Duration data,
            Duration session,
            Duration write) {}

    /** Whether the Received field names the client's address. */
    public enum ClientAddressInReceived {
        /** It does. */
        SHOWN,
        /** It does not. */
        HIDDEN
    }

    /** {@code max_message_size}. */
    public DataSize maxMessageSize() {
        return message.size();
    }

    /** {@code max_recipients}. */
    public int maxRecipients() {
        return message.recipients();
    }
}
