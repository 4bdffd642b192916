package io.sealpost.cli.keytrees;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code dkim_…} options of each transport in an Exim configuration, its macros replaced. Conditions are passed over: the lines of both
 * sides are read. Included files are read where they are named.
 */
final class EximConfig {
    private static final Pattern MACRO = Pattern.compile("([A-Z][A-Za-z0-9_]*)\\s*==?\\s*(.*)");
    private static final Pattern SECTION = Pattern.compile("([A-Za-z0-9_]+):\\s*(#.*)?");
    private static final Pattern OPTION = Pattern.compile("(dkim_[a-z_]+)\\s*=\\s*(.*)");
    private static final Pattern INCLUDE = Pattern.compile("\\.include(?:_if_exists)?\\s+(/\\S+)");
    private static final int DEEPEST = 8;

    private final TreeRoot root;
    private final Map<String, String> macros = new LinkedHashMap<>();
    private final List<Map<String, String>> transports = new ArrayList<>();

    private EximConfig(TreeRoot root) {
        this.root = root;
        transports.add(new LinkedHashMap<>());
    }

    /** The options of each transport that has a {@code dkim_private_key}. */
    static List<Map<String, String>> transports(Path file, TreeRoot root) {
        EximConfig config = new EximConfig(root);
        config.read(root.needed(file), 0);
        return config.transports.stream()
                .filter(options -> options.containsKey("dkim_private_key"))
                .toList();
    }

    private void read(String text, int depth) {
        String joined = text.replaceAll("\\\\[ \\t]*\\r?\\n\\s*", ""); // A line goes on after a backslash.
        joined.lines().map(String::strip).forEach(line -> line(line, depth));
    }

    private void line(String line, int depth) {
        Matcher include = INCLUDE.matcher(line);
        Matcher macro = MACRO.matcher(line);
        Matcher option = OPTION.matcher(line);
        if (include.matches() && depth < DEEPEST) {
            root.text(root.resolve(include.group(1), root.folder())).ifPresent(text -> read(text, depth + 1));
        } else if (macro.matches()) {
            macros.put(macro.group(1), replaced(macro.group(2)));
        } else if (option.matches()) {
            transports.get(transports.size() - 1).put(option.group(1), replaced(unquoted(option.group(2))));
        } else if (SECTION.matcher(line).matches() || line.startsWith("begin ")) {
            transports.add(new LinkedHashMap<>());
        }
    }

    private String replaced(String text) {
        String result = text;
        for (Map.Entry<String, String> macro : macros.entrySet()) {
            result = result.replaceAll("\\b" + macro.getKey() + "\\b", Matcher.quoteReplacement(macro.getValue()));
        }
        return result;
    }

    private static String unquoted(String text) {
        return text.strip().replaceFirst("^\"(.*)\"$", "$1");
    }
}
