package io.sealpost.cli.keytrees;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A data set as opendkim(8) describes it: names, each with a value that may be empty. Flat files, files of patterns and lists are read;
 * databases, directories and scripts are not.
 *
 * @param where the file, or the parameter that holds the list
 * @param patterns whether a name is a pattern, with {@code *} for any text
 * @param entries in their order
 */
record OpenDkimDataSet(String where, Matching patterns, List<Entry> entries) {
    private static final Pattern OTHER_KIND =
            Pattern.compile("(db|bdb|dsn|ldaps?|ldapi|lua|memcache|erlang|mdb|socket|repute):.*|.*\\.db");

    /** How names are compared. */
    enum Matching {
        EXACT,
        WILDCARDS
    }

    /** A name with its value. */
    record Entry(String name, String value) {}

    /** Copies the entries. */
    OpenDkimDataSet {
        entries = List.copyOf(entries);
    }

    /** Reads one; empty, with a word in the tree, when it is of a kind that is not read or its file is missing. */
    static Optional<OpenDkimDataSet> read(String parameter, String value, Path base, TreeRoot root, KeyTree tree) {
        if (OTHER_KIND.matcher(value).matches()) {
            tree.skip(
                    parameter + " " + value.replaceFirst(":.*", ":…"), // A DSN may hold a password.
                    parameter,
                    "only file:, refile: and csl: are read; write this table into a file");
            return Optional.empty();
        }
        boolean wildcards = value.startsWith("refile:");
        if (wildcards || value.startsWith("file:") || value.startsWith("/")) {
            Path file = root.resolve(value.replaceFirst("^(re)?file:", ""), base);
            Optional<List<String>> lines = root.lines(file);
            if (lines.isEmpty()) {
                tree.skip(parameter + " " + value, file, "there is no such file");
            }
            return lines.map(found -> new OpenDkimDataSet(
                    file.toString(), wildcards ? Matching.WILDCARDS : Matching.EXACT, entries(found)));
        }
        return Optional.of(new OpenDkimDataSet(parameter, Matching.EXACT, list(value.replaceFirst("^csl:", ""))));
    }

    private static List<Entry> entries(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.replaceFirst("#.*", "").strip().split("\\s+", 2);
            if (!parts[0].isEmpty()) {
                entries.add(new Entry(parts[0], parts.length == 2 ? parts[1].strip() : ""));
            }
        }
        return entries;
    }

    private static List<Entry> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .map(element -> element.split("=", 2))
                .map(parts -> new Entry(parts[0], parts.length == 2 ? parts[1] : ""))
                .toList();
    }

    /** The first entry of this name. */
    Optional<Entry> find(String name) {
        return entries.stream().filter(entry -> fits(entry.name(), name)).findFirst();
    }

    private boolean fits(String written, String name) {
        return patterns == Matching.EXACT
                ? written.equalsIgnoreCase(name)
                : wildcard(written).matcher(name).matches();
    }

    /** A pattern with {@code *} as a regular expression without case. */
    static Pattern wildcard(String written) {
        String regex = Arrays.stream(written.split("\\*", -1))
                .map(piece -> piece.isEmpty() ? "" : Pattern.quote(piece))
                .reduce((one, other) -> one + ".*" + other)
                .orElse("");
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
