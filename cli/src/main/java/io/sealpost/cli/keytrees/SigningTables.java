package io.sealpost.cli.keytrees;

import io.sealpost.cli.keytrees.OpenDkimDataSet.Entry;
import io.sealpost.mail.Secret;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A signing table over a key table, as OpenDKIM has them and rspamd after it: which key signs for whom. A {@code %} in the key's domain
 * or path is the domain of the From; where a pattern leaves that open, the files that are there say for which domains.
 */
final class SigningTables {
    private static final Pattern PATH = Pattern.compile("(/|\\./|\\.\\./).*");

    private final OpenDkimDataSet keyTable;
    private final String defaultSelector;
    private final Path base;
    private final TreeRoot root;
    private final KeyTree tree;
    private final Set<String> used = new HashSet<>();

    /** {@code defaultSelector} is that of a key entry without one (rspamd); empty where there is none. */
    SigningTables(OpenDkimDataSet keyTable, String defaultSelector, Path base, TreeRoot root, KeyTree tree) {
        this.keyTable = keyTable;
        this.defaultSelector = defaultSelector;
        this.base = base;
        this.root = root;
        this.tree = tree;
    }

    /** A line of the key table. */
    private record Key(String domain, String selector, String place) {}

    void read(OpenDkimDataSet signingTable) {
        for (Entry entry : signingTable.entries()) {
            signing(entry, signingTable.where());
        }
        for (Entry entry : keyTable.entries()) {
            if (!used.contains(entry.name())) {
                tree.skip(entry.name(), keyTable.where(), "no line of the signing table uses it");
            }
        }
    }

    private void signing(Entry entry, String where) {
        String pattern =
                entry.name().substring(entry.name().lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        String name = entry.value().split("[:\\s]", 2)[0]; // What follows is for i=.
        boolean open = pattern.startsWith(".") || pattern.contains("*");
        if (name.equals("%") && open) {
            eachKeyOf(entry, pattern, where);
            return;
        }
        String wanted = name.equals("%") ? pattern : name;
        Optional<Entry> found = keyTable.find(wanted);
        if (found.isEmpty()) {
            tree.skip(entry.name(), where, "the key table has no entry \"" + wanted + "\"");
            return;
        }
        used.add(found.get().name());
        key(found.get()).ifPresent(key -> take(key, entry, pattern, where));
    }

    /** The From's domain names the key: all that fit the pattern. */
    private void eachKeyOf(Entry entry, String pattern, String where) {
        for (Entry key : keyTable.entries()) {
            if (domainPattern(pattern).matcher(key.name()).matches()) {
                used.add(key.name());
                key(key).ifPresent(found -> take(found, entry, key.name().toLowerCase(Locale.ROOT), where));
            }
        }
    }

    private Optional<Key> key(Entry entry) {
        String[] parts = entry.value().split(":", 3);
        if (parts.length == 3) {
            return Optional.of(new Key(parts[0].strip(), parts[1].strip(), parts[2].strip()));
        }
        if (parts.length == 2 && !defaultSelector.isEmpty()) {
            return Optional.of(new Key(parts[0].strip(), defaultSelector, parts[1].strip()));
        }
        tree.skip(entry.name(), keyTable.where(), "its value is not domain:selector:key");
        return Optional.empty();
    }

    private void take(Key key, Entry entry, String from, String where) {
        boolean open = from.startsWith(".") || from.contains("*");
        if (!key.domain().equals("%")) {
            String domain = key.domain().toLowerCase(Locale.ROOT);
            source(key, open ? domain : from).ifPresent(source -> tree.add(domain, key.selector(), source));
            if (!open && !from.equals(domain)) {
                tree.skip(
                        entry.name(),
                        where,
                        "it is signed as " + domain + " there; here a message is signed as the domain of its From, so "
                                + from + " needs a key of its own");
            }
        } else if (!open) {
            source(key, from).ifPresent(source -> tree.add(from, key.selector(), source));
        } else {
            eachFile(key, entry, from, where);
        }
    }

    private void eachFile(Key key, Entry entry, String pattern, String where) {
        PathTemplate template = new PathTemplate(key.place().replace("%", PathTemplate.DOMAIN));
        if (!PATH.matcher(key.place()).matches() || !template.hasDomain()) {
            tree.skip(
                    entry.name(),
                    where,
                    "one key signs for whatever domain comes; name the domains: sealpost dkim import DOMAIN PEM --selector "
                            + key.selector());
            return;
        }
        Pattern wanted = domainPattern(pattern);
        List<PathTemplate.Match> files = template.files(root, base).stream()
                .filter(match -> wanted.matcher(match.domain()).matches())
                .toList();
        if (files.isEmpty()) {
            tree.skip(entry.name(), where, "there is no file " + key.place());
        }
        files.forEach(match -> tree.add(match.domain(), key.selector(), new KeySource.InFile(match.file())));
    }

    private static Pattern domainPattern(String pattern) {
        return OpenDkimDataSet.wildcard(pattern.startsWith(".") ? "*" + pattern : pattern);
    }

    private Optional<KeySource> source(Key key, String from) {
        if (PATH.matcher(key.place()).matches()) {
            return Optional.of(new KeySource.InFile(root.resolve(key.place().replace("%", from), base)));
        }
        if (key.place().isEmpty()) {
            tree.skip(key.domain(), keyTable.where(), "no key is named for it");
            return Optional.empty();
        }
        return Optional.of(new KeySource.Inline(new Secret(key.place()), keyTable.where()));
    }
}
