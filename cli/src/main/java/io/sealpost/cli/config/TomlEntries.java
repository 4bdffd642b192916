package io.sealpost.cli.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A settings file as flat entries, each with its line. Jackson reads the TOML; it keeps no lines of its own, so that they are found
 * by looking for headers and keys.
 *
 * @param single by dotted name
 * @param repeated by the name of their header, as {@code listener} for {@code [[listener]]}, a map each, by dotted names too
 */
record TomlEntries(Map<String, Entry> single, Map<String, List<Map<String, Entry>>> repeated) {
    private static final Pattern HEADER = Pattern.compile("\\s*\\[{1,2}\\s*([A-Za-z0-9_.\"-]+)\\s*]{1,2}.*");
    private static final Pattern KEY = Pattern.compile("\\s*([A-Za-z0-9_.\"-]+)\\s*=.*");
    private static final Set<String> REPEATED = Set.of(ListenerKeys.TABLE, PairTables.TABLE);

    /**
     * One value.
     *
     * @param text lists joined by a comma
     * @param line from 1
     */
    record Entry(String text, int line) {}

    /** Reads a file's text; a text that is no TOML adds the one problem that the parser names, with its line. */
    static TomlEntries read(String toml, List<Problem> problems) {
        TomlEntries entries = new TomlEntries(new LinkedHashMap<>(), new LinkedHashMap<>());
        try {
            JsonNode root = new TomlMapper().readTree(toml);
            entries.add("", root, lines(toml), problems);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            problems.add(new Problem(
                    line,
                    "not TOML: " + e.getOriginalMessage().lines().findFirst().orElse("unreadable")));
        }
        return entries;
    }

    private void add(String prefix, JsonNode table, Map<String, Integer> lines, List<Problem> problems) {
        table.properties().forEach(property -> {
            String name = prefix + property.getKey();
            JsonNode value = property.getValue();
            if (REPEATED.contains(name) && value.isArray()) {
                addRepeated(name, value, lines, problems);
            } else if (value.isObject()) {
                add(name + ".", value, lines, problems);
            } else {
                single.put(name, new Entry(text(value), lines.getOrDefault(name, 0)));
            }
        });
    }

    private void addRepeated(String name, JsonNode array, Map<String, Integer> lines, List<Problem> problems) {
        int index = 0;
        for (JsonNode table : array) {
            Map<String, Entry> entries = new LinkedHashMap<>();
            String at = name + "#" + index++ + ".";
            if (!table.isObject()) {
                problems.add(new Problem(lines.getOrDefault(name, 0), name + " is a table; write [[" + name + "]]"));
                continue;
            }
            table.properties()
                    .forEach(property -> entries.put(
                            name + "." + property.getKey(),
                            new Entry(text(property.getValue()), lines.getOrDefault(at + property.getKey(), 0))));
            repeated.computeIfAbsent(name, any -> new ArrayList<>()).add(entries);
        }
    }

    /** The tables under that header, in the file's order. */
    List<Map<String, Entry>> tables(String name) {
        return repeated.getOrDefault(name, List.of());
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> parts = new ArrayList<>();
        value.forEach(part -> parts.add(part.asText()));
        return String.join(",", parts);
    }

    /** Name to line; the keys of the n-th such table as {@code listener#n.key}. */
    private static Map<String, Integer> lines(String toml) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        String prefix = "";
        Map<String, Integer> counts = new HashMap<>();
        int number = 0;
        for (String line : toml.split("\n", -1)) {
            number++;
            Matcher header = HEADER.matcher(line);
            Matcher key = KEY.matcher(line);
            if (header.matches()) {
                String table = header.group(1).replace("\"", "");
                prefix = REPEATED.contains(table)
                        ? table + "#" + (counts.merge(table, 1, Integer::sum) - 1) + "."
                        : table + ".";
            } else if (key.matches()) {
                lines.putIfAbsent(prefix + key.group(1).replace("\"", ""), number);
            }
        }
        return lines;
    }
}
