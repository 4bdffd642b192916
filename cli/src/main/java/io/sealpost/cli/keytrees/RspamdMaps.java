package io.sealpost.cli.keytrees;

import io.sealpost.cli.keytrees.OpenDkimDataSet.Entry;
import io.sealpost.cli.keytrees.OpenDkimDataSet.Matching;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Maps of rspamd: lines of a name and a value, in a file or in the setting itself; and its variables for folders. */
final class RspamdMaps {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(CONFDIR|LOCAL_CONFDIR|DBDIR|RULESDIR|WWWDIR)\\}?");
    private static final Pattern LINE = Pattern.compile("(\"[^\"]*\"|\\S+)(?:\\s+(.*))?");

    private final Path folder;
    private final TreeRoot root;
    private final KeyTree tree;

    /** {@code folder} is {@code /etc/rspamd} or what stands for it. */
    RspamdMaps(Path folder, TreeRoot root, KeyTree tree) {
        this.folder = folder;
        this.root = root;
        this.tree = tree;
    }

    /** A path with rspamd's variables in it, of which those for folders are replaced. */
    String expanded(String written) {
        return VARIABLE.matcher(written)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1).equals("DBDIR") ? "/var/lib/rspamd" : folder("/etc/rspamd")));
    }

    /** The configuration's folder may be a copy: a path into it must lead there. */
    private String folder(String usual) {
        Path copied = root.folder().relativize(folder);
        return copied.startsWith("..") || root.equals(TreeRoot.MACHINE) ? folder.toString() : usual;
    }

    /** The map of a setting; empty when it is not set, or with a word in the tree when it cannot be read. */
    Optional<OpenDkimDataSet> map(Map<String, Object> settings, String name, Matching matching) {
        Object value = settings.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map<?, ?> object && object.get("urls") == null && object.get("url") == null) {
            List<Entry> entries = new ArrayList<>();
            Ucl.asObject(value).forEach((key, inner) -> entries.add(new Entry(key, String.valueOf(inner))));
            return Optional.of(new OpenDkimDataSet(name, matching, entries));
        }
        List<Entry> entries = new ArrayList<>();
        String where = name;
        for (Object element : Ucl.asList(value instanceof Map<?, ?> object ? urls(object) : value)) {
            String text = String.valueOf(element);
            if (value instanceof List<?> && !isFile(text)) {
                entries.addAll(entries(List.of(text)));
            } else {
                entries.addAll(file(name, text));
                where = text;
            }
        }
        return Optional.of(new OpenDkimDataSet(where, matching, entries));
    }

    private static Object urls(Map<?, ?> object) {
        return object.get("urls") == null ? object.get("url") : object.get("urls");
    }

    private static boolean isFile(String text) {
        return text.matches("(?s)((glob|regexp|glob_multi|regexp_multi);)?(file:|/|\\$|https?:|fallback\\+).*");
    }

    private List<Entry> file(String name, String written) {
        String place = expanded(
                written.replaceFirst("^(glob|glob_multi|map|hash);", "").replaceFirst("^fallback\\+", ""));
        if (place.matches("(regexp.*;|https?:|redis:|cdb:).*")) {
            tree.skip(name, written, "only maps in files are read; save this one into a file");
            return List.of();
        }
        Path file = root.resolve(place.replaceFirst("^file:(//)?", ""), folder);
        Optional<List<String>> lines = root.lines(file);
        if (lines.isEmpty()) {
            tree.skip(name, file, "there is no such file");
        }
        return entries(lines.orElse(List.of()));
    }

    private static List<Entry> entries(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        for (String line : lines) {
            Matcher parts = LINE.matcher(line.replaceFirst("#.*", "").strip());
            if (parts.matches()) {
                entries.add(
                        new Entry(unquoted(parts.group(1)), unquoted(parts.group(2) == null ? "" : parts.group(2))));
            }
        }
        return entries;
    }

    private static String unquoted(String text) {
        return text.strip().replaceFirst("^\"(.*)\"$", "$1");
    }
}
