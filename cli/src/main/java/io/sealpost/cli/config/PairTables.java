package io.sealpost.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the {@code [[tls.pair]]} tables. For one reading; not thread-safe. */
final class PairTables {
    /** The header of each table. */
    static final String TABLE = "tls.pair";

    static final Setting<Path> CERTIFICATE = new Setting<>(
            "tls.pair.certificate",
            "",
            SettingText::path,
            "PEM: one more, with another kind of key for the same name, or for other names");
    static final Setting<Path> PRIVATE_KEY =
            new Setting<>("tls.pair.private_key", "", SettingText::path, "PEM: its key");
    static final List<Setting<?>> KEYS = List.of(CERTIFICATE, PRIVATE_KEY);

    private final List<Map<String, TomlEntries.Entry>> tables;
    private final Path base;
    private final List<Problem> problems;

    PairTables(List<Map<String, TomlEntries.Entry>> tables, Path base, List<Problem> problems) {
        this.tables = tables;
        this.base = base;
        this.problems = problems;
    }

    List<Settings.Tls.Pair> read() {
        List<Settings.Tls.Pair> pairs = new ArrayList<>();
        for (Map<String, TomlEntries.Entry> table : tables) {
            int line = table.values().stream()
                    .mapToInt(TomlEntries.Entry::line)
                    .min()
                    .orElse(0);
            SettingsReader one = new SettingsReader(table, Map.of(), base, problems);
            Path certificate = one.require(CERTIFICATE, line);
            Path key = one.require(PRIVATE_KEY, line);
            one.reportUnknown(KEYS);
            if (certificate != null && key != null) {
                pairs.add(new Settings.Tls.Pair(one.path(CERTIFICATE), one.path(PRIVATE_KEY)));
            }
        }
        return List.copyOf(pairs);
    }
}
