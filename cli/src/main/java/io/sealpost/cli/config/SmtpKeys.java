package io.sealpost.cli.config;

import io.sealpost.cli.config.SmtpSettings.Bodies;
import io.sealpost.cli.config.SmtpSettings.ClientAddressInReceived;
import io.sealpost.cli.config.SmtpSettings.Connections;
import io.sealpost.cli.config.SmtpSettings.Message;
import io.sealpost.cli.config.SmtpSettings.Session;
import io.sealpost.cli.config.SmtpSettings.Timeouts;
import io.sealpost.mail.DataSize;
import java.time.Duration;
import java.util.List;

/** The settings of {@code [smtp]}, with their defaults. */
final class SmtpKeys {
    private static final int MILLION = 1_000_000;
    private static final int LINE = 512; // RFC 5321 §4.5.3.1.4
    private static final int LONGEST_LINE = 65_536;

    static final Setting<DataSize> MAX_MESSAGE_SIZE =
            size("max_message_size", "50M", "the largest message taken (552 5.3.4 above)");
    static final Setting<Integer> MAX_RECIPIENTS =
            number("max_recipients", "1000", 1, "recipients of one message (452 4.5.3 above)");
    static final Setting<DataSize> MAX_HEADER_SIZE = new Setting<>(
            "smtp.max_header_size",
            "1M",
            SettingText.sizeBetween("1K", "16M"),
            "the largest header of a message, held in memory (552 5.3.4 above); 1K to 16M");
    static final Setting<Integer> MAX_HOPS =
            number("max_hops", "100", 1, "Received fields of a message (554 5.4.6 above)");

    static final Setting<Integer> MAX_COMMAND_LINE =
            line("max_command_line", "2048", "octets of a command line (500 5.5.6 above); 512 to 65536");
    static final Setting<Integer> MAX_AUTH_LINE =
            line("max_auth_line", "12288", "the same of AUTH, whose tokens are long; not under max_command_line");
    static final Setting<Integer> MAX_FAULTS =
            number("max_faults", "20", 1, "faults of protocol in a session before 421 4.7.0");
    static final Setting<Integer> MAX_LOGIN_FAILURES =
            number("max_login_failures", "3", 1, "failed logins in a session before 421 4.7.0");
    static final Setting<Integer> MAX_MAILS =
            number("max_mails", "10000", 1, "mails of one session before 421 4.7.0; announced as MAILMAX");

    static final Setting<Integer> MAX_CONNECTIONS =
            number("max_connections", "5000", 1, "connections of all listeners (421 4.3.2 above)");
    static final Setting<Integer> MAX_CONNECTIONS_PER_ADDRESS = number(
            "max_connections_per_address",
            "200",
            1,
            "connections of one client address, of an IPv6 client those of its /64 (421 4.7.0 above); behind a balancer set proxy_from");
    static final Setting<Integer> MAX_CONNECTIONS_PER_ACCOUNT =
            number("max_connections_per_account", "100", 1, "logged-in connections of one account (454 4.7.0 above)");

    static final Setting<DataSize> BODY_MEMORY = new Setting<>(
            "smtp.body_memory",
            "64M",
            SettingText.sizeBetween("64K", "64G"),
            "memory for the messages that are arriving (452 4.3.1 above)");
    static final Setting<DataSize> BODY_IN_MEMORY = new Setting<>(
            "smtp.body_in_memory",
            "1M",
            SettingText.sizeBetween("8K", "1G"),
            "a message that is larger is spooled; 8K to 1G");

    static final Setting<Duration> HANDSHAKE_TIMEOUT =
            timeout("handshake_timeout", "30s", "for a TLS handshake, and for a PROXY header");
    static final Setting<Duration> LOGIN_TIMEOUT =
            timeout("login_timeout", "5m", "from the connection to a login (421 4.4.2)");
    static final Setting<Duration> COMMAND_TIMEOUT =
            timeout("command_timeout", "5m", "for one command, however slowly it drips");
    static final Setting<Duration> DATA_BLOCK_TIMEOUT =
            timeout("data_block_timeout", "3m", "for the next bytes of a message");
    static final Setting<Duration> DATA_TIMEOUT = timeout("data_timeout", "1h", "for all bytes of a message");
    static final Setting<Duration> SESSION_TIMEOUT = timeout("session_timeout", "4h", "for the whole connection");
    static final Setting<Duration> WRITE_TIMEOUT =
            timeout("write_timeout", "1m", "for the client to take a reply; then it is cut");

    static final Setting<Boolean> RECEIVED_CLIENT_ADDRESS = new Setting<>(
            "smtp.received_client_address",
            "true",
            SettingText::truth,
            "whether the Received field names the client's address");

    private SmtpKeys() {}

    static List<Setting<?>> all() {
        return List.of(
                MAX_MESSAGE_SIZE,
                MAX_RECIPIENTS,
                MAX_HEADER_SIZE,
                MAX_HOPS,
                MAX_COMMAND_LINE,
                MAX_AUTH_LINE,
                MAX_FAULTS,
                MAX_LOGIN_FAILURES,
                MAX_MAILS,
                MAX_CONNECTIONS,
                MAX_CONNECTIONS_PER_ADDRESS,
                MAX_CONNECTIONS_PER_ACCOUNT,
                BODY_MEMORY,
                BODY_IN_MEMORY,
                HANDSHAKE_TIMEOUT,
                LOGIN_TIMEOUT,
                COMMAND_TIMEOUT,
                DATA_BLOCK_TIMEOUT,
                DATA_TIMEOUT,
                SESSION_TIMEOUT,
                WRITE_TIMEOUT,
                RECEIVED_CLIENT_ADDRESS);
    }

    static SmtpSettings read(SettingsReader reader) {
        if (reader.get(MAX_AUTH_LINE) < reader.get(MAX_COMMAND_LINE)) {
            reader.problem(MAX_AUTH_LINE, "is under smtp.max_command_line");
        }
        return new SmtpSettings(
                new Message(
                        reader.get(MAX_MESSAGE_SIZE),
                        reader.get(MAX_RECIPIENTS),
                        reader.get(MAX_HEADER_SIZE),
                        reader.get(MAX_HOPS)),
                new Session(
                        reader.get(MAX_COMMAND_LINE),
                        reader.get(MAX_AUTH_LINE),
                        reader.get(MAX_FAULTS),
                        reader.get(MAX_LOGIN_FAILURES),
                        reader.get(MAX_MAILS)),
                new Connections(
                        reader.get(MAX_CONNECTIONS),
                        reader.get(MAX_CONNECTIONS_PER_ADDRESS),
                        reader.get(MAX_CONNECTIONS_PER_ACCOUNT)),
                new Bodies(reader.get(BODY_MEMORY), reader.get(BODY_IN_MEMORY)),
                timeouts(reader),
                reader.get(RECEIVED_CLIENT_ADDRESS) ? ClientAddressInReceived.SHOWN : ClientAddressInReceived.HIDDEN);
    }

    private static Timeouts timeouts(SettingsReader reader) {
        return new Timeouts(
                reader.get(HANDSHAKE_TIMEOUT),
                reader.get(LOGIN_TIMEOUT),
                reader.get(COMMAND_TIMEOUT),
                reader.get(DATA_BLOCK_TIMEOUT),
                reader.get(DATA_TIMEOUT),
                reader.get(SESSION_TIMEOUT),
                reader.get(WRITE_TIMEOUT));
    }

    private static Setting<Integer> number(String key, String defaultText, int least, String help) {
        return new Setting<>("smtp." + key, defaultText, SettingText.number(least, MILLION), help);
    }

    private static Setting<Integer> line(String key, String defaultText, String help) {
        return new Setting<>("smtp." + key, defaultText, SettingText.number(LINE, LONGEST_LINE), help);
    }

    private static Setting<DataSize> size(String key, String defaultText, String help) {
        return new Setting<>("smtp." + key, defaultText, SettingText::size, help);
    }

    private static Setting<Duration> timeout(String key, String defaultText, String help) {
        return new Setting<>("smtp." + key, defaultText, SettingText::positiveDuration, help);
    }
}
