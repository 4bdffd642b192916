package io.sealpost.cli.config;

import java.net.InetSocketAddress;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The settings of each {@code [[listener]]}, with their defaults. */
final class ListenerKeys {
    /** The header of each table. */
    static final String TABLE = "listener";

    static final Setting<String> NAME = new Setting<>("listener.name", "", SettingText::any, "its name in logs");
    static final Setting<InetSocketAddress> ADDRESS =
            new Setting<>("listener.address", "", SettingText::socketAddress, "as 0.0.0.0:587 or [::]:465");
    static final Setting<String> TLS = new Setting<>(
            "listener.tls",
            "starttls",
            SettingText.oneOf("starttls", "implicit"),
            "STARTTLS or TLS from the first byte");
    static final Setting<Boolean> LEGACY = new Setting<>(
            "listener.legacy", "false", SettingText::truth, "for old devices: TLS 1.0 and 1.1 too, until a day");
    static final Setting<Optional<LocalDate>> UNTIL = new Setting<>(
            "listener.until",
            "",
            SettingText::day,
            "legacy: the last day on which it is open, as 2026-12-31; it must be said");
    static final Setting<Boolean> CLEAR_TEXT = new Setting<>(
            "listener.clear_text", "false", SettingText::truth, "legacy: logins and mail without any TLS too");
    static final Setting<Boolean> ANY_CREDENTIAL = new Setting<>(
            "listener.any_credential",
            "false",
            SettingText::truth,
            "legacy: not only app passwords that are bound to this listener log in");
    static final Setting<String> BARE_LF = new Setting<>(
            "listener.bare_lf",
            "normalize",
            SettingText.oneOf("normalize", "refuse"),
            "what to do with a bare LF in a message");
    static final Setting<String> LONG_LINES = new Setting<>(
            "listener.long_lines",
            "pass",
            SettingText.oneOf("pass", "refuse"),
            "what to do with a line over 998 octets in a message");

    static final Setting<List<String>> PROXY_FROM = new Setting<>(
            "listener.proxy_from",
            "",
            SettingText.list(SettingText::network),
            "load balancers, as [\"10.0.0.0/24\"]: their connections must begin with a header of the PROXY protocol (v1 or v2), before TLS; nobody else's is believed");

    private ListenerKeys() {}

    static List<Setting<?>> all() {
        return List.of(NAME, ADDRESS, TLS, LEGACY, UNTIL, CLEAR_TEXT, ANY_CREDENTIAL, BARE_LF, LONG_LINES, PROXY_FROM);
    }
}
