package io.sealpost.cli.config;

import io.sealpost.cli.config.Settings.Listener;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the tables of {@code [[listener]]}. */
final class ListenerTables {
    private final List<Map<String, TomlEntries.Entry>> tables;
    private final Path base;
    private final List<Problem> problems;
    private final Set<String> names = new HashSet<>();

    /** What is wrong is added to {@code problems}. */
    ListenerTables(List<Map<String, TomlEntries.Entry>> tables, Path base, List<Problem> problems) {
        this.tables = tables;
        this.base = base;
        this.problems = problems;
    }

    List<Listener> read() {
        List<Listener> listeners = new ArrayList<>();
        tables.forEach(table -> listeners.add(listener(table)));
        return List.copyOf(listeners);
    }

    private Listener listener(Map<String, TomlEntries.Entry> table) {
        int line =
                table.values().stream().mapToInt(TomlEntries.Entry::line).min().orElse(0);
        SettingsReader one = new SettingsReader(table, Map.of(), base, problems);
        Listener listener = new Listener(
                one.require(ListenerKeys.NAME, line),
                one.require(ListenerKeys.ADDRESS, line),
                Listener.TlsMode.valueOf(capitals(one.get(ListenerKeys.TLS))),
                new Listener.Lines(
                        Listener.BareLf.valueOf(capitals(one.get(ListenerKeys.BARE_LF))),
                        Listener.LongLines.valueOf(capitals(one.get(ListenerKeys.LONG_LINES)))),
                one.get(ListenerKeys.PROXY_FROM),
                legacy(one, line));
        if (listener.name() != null && !names.add(listener.name())) {
            one.problem(ListenerKeys.NAME, "there is another listener \"" + listener.name() + "\"");
        }
        one.reportUnknown(ListenerKeys.all());
        return listener;
    }

    private static Optional<Listener.Legacy> legacy(SettingsReader one, int line) {
        if (!one.get(ListenerKeys.LEGACY)) {
            boolean wantsMore = one.get(ListenerKeys.CLEAR_TEXT) || one.get(ListenerKeys.ANY_CREDENTIAL);
            if (wantsMore || !Optional.empty().equals(one.get(ListenerKeys.UNTIL))) {
                one.problem(ListenerKeys.LEGACY, "until, clear_text and any_credential are for legacy = true only");
            }
            return Optional.empty();
        }
        Optional<LocalDate> until = one.require(ListenerKeys.UNTIL, line);
        if (one.get(ListenerKeys.CLEAR_TEXT) && one.get(ListenerKeys.TLS).equals("implicit")) {
            one.problem(ListenerKeys.CLEAR_TEXT, "there is no clear text where TLS begins with the first byte");
        }
        return Optional.ofNullable(until)
                .flatMap(Function.identity())
                .map(day -> new Listener.Legacy(
                        day,
                        one.get(ListenerKeys.CLEAR_TEXT) ? Listener.ClearText.TAKEN : Listener.ClearText.REFUSED,
                        one.get(ListenerKeys.ANY_CREDENTIAL) ? Listener.Logins.ANY : Listener.Logins.BOUND));
    }

    private static String capitals(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
