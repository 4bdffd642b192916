package io.sealpost.cli.config;

import java.net.InetSocketAddress;
import java.util.List;

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
            "listener.legacy", "false", SettingText::truth, "TLS 1.0 and 1.1 for old devices; see docs/limits.md");
    static final Setting<String> UNTIL =
            new Setting<>("listener.until", "", SettingText::any, "legacy: the last day it opens, as 2026-12-31");
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

    private ListenerKeys() {}

    static List<Setting<?>> all() {
        return List.of(NAME, ADDRESS, TLS, LEGACY, UNTIL, BARE_LF, LONG_LINES);
    }
}
