package io.sealpost.cli.config;

import io.sealpost.cli.config.SettingInForce.Source;
import io.sealpost.cli.config.TomlEntries.Entry;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes single settings out of file and environment, and gathers what is wrong with them. For one reading; not thread-safe. */
final class SettingsReader {
    private static final Pattern URL_PASSWORD = Pattern.compile("(?i)(password=)[^&]*");

    private final Map<String, Entry> entries;
    private final Map<String, String> environment;
    private final Path base;
    private final List<Problem> problems;

    SettingsReader(Map<String, Entry> entries, Map<String, String> environment, Path base, List<Problem> problems) {
        this.entries = entries;
        this.environment = environment;
        this.base = base;
        this.problems = problems;
    }

    /** The setting's value, its default where it is not given; its default too where the text is bad, which is then a problem. */
    <T> T get(Setting<T> setting) {
        Entry entry = entry(setting);
        try {
            return setting.parser().apply(entry.text());
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(entry.line(), setting.name() + ": " + e.getMessage()));
            return setting.defaultText().isEmpty() ? null : setting.parser().apply(setting.defaultText());
        }
    }

    /** As {@link #get}; a setting without a default that is not given is a problem. */
    <T> T require(Setting<T> setting, int lineOfTable) {
        if (entry(setting).text().isEmpty()) {
            problems.add(new Problem(lineOfTable, setting.name() + " is missing: " + setting.help()));
            return null;
        }
        return get(setting);
    }

    /** A path, relative ones counted from the settings file. */
    Path path(Setting<Path> setting) {
        return base.resolve(get(setting)).normalize();
    }

    /** A path that may be left out. */
    Optional<Path> optionalPath(Setting<String> setting) {
        String text = get(setting);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(base.resolve(SettingText.path(text)).normalize());
    }

    /** The line of a setting; 0 when the file does not have it. */
    int line(Setting<?> setting) {
        return entry(setting).line();
    }

    /** Adds a problem of a setting whose text is right by itself. */
    void problem(Setting<?> setting, String sentence) {
        problems.add(new Problem(line(setting), setting.name() + ": " + sentence));
    }

    /** Names in the file that are no settings. */
    void reportUnknown(List<Setting<?>> known) {
        Set<String> names = known.stream().map(Setting::name).collect(Collectors.toCollection(HashSet::new));
        entries.forEach((name, entry) -> {
            if (!names.contains(name)) {
                problems.add(new Problem(entry.line(), "unknown setting " + name + meant(name, names)));
            }
        });
    }

    private static String meant(String name, Set<String> names) {
        return Spelling.nearest(name, names)
                .map(known -> "; did you mean " + known + "?")
                .orElse("");
    }

    /** The setting as it holds now; its text must be right. */
    SettingInForce inForce(Setting<?> setting) {
        String variable = setting.environmentName();
        Source source = environment.containsKey(variable)
                ? new Source.Variable(variable)
                : entries.containsKey(setting.name()) ? new Source.Line(line(setting)) : new Source.Default();
        return new SettingInForce(setting.name(), shown(setting, entry(setting).text()), source);
    }

    /** Numbers and truths bare, lists as lists, all else as it was written; a URL without the password that does not belong there. */
    private static Object shown(Setting<?> setting, String text) {
        Object value = setting.parser().apply(text);
        if (value instanceof Integer || value instanceof Boolean) {
            return value;
        }
        if (value instanceof List && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        boolean oneIsNoList =
                !setting.defaultText().isEmpty() && !setting.defaultText().contains(",");
        if (value instanceof List && !(oneIsNoList && !text.contains(","))) {
            return SettingText.list(SettingText::any).apply(text);
        }
        return URL_PASSWORD.matcher(text).replaceAll("$1(hidden)");
    }

    private Entry entry(Setting<?> setting) {
        String override = environment.get(setting.environmentName());
        if (override != null) {
            return new Entry(override, 0);
        }
        return entries.getOrDefault(setting.name(), new Entry(setting.defaultText(), 0));
    }
}
