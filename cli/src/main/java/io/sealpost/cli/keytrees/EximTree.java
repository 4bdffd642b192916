package io.sealpost.cli.keytrees;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keys of an Exim: by the {@code dkim_private_key} of its configuration, by a path with {@code $dkim_domain} in it, or by a folder whose files are
 * named after their domains. Exim's expansions are not worked out: of a value the paths that stand in it are taken.
 */
public final class EximTree {
    private static final Pattern DOMAIN = Pattern.compile(
            "\\$\\{(?:lc:)?\\$?\\{?dkim_domain\\}?\\}|\\$dkim_domain\\b|\\$\\{lc:\\$sender_address_domain\\}"
                    + "|\\$sender_address_domain\\b|\\$\\{sender_address_domain\\}");
    private static final Pattern SELECTOR = Pattern.compile("\\$\\{dkim_selector\\}|\\$dkim_selector\\b");
    private static final Pattern PATH = Pattern.compile("/[^\\s{}\"'<>$]+");
    private static final List<String> ENDINGS =
            List.of("-private.pem", ".private.pem", ".private.key", ".private", ".pem", ".key", "");

    private final TreeRoot root;
    private final Optional<String> selector;
    private final KeyTree tree = new KeyTree();

    private EximTree(TreeRoot root, Optional<String> selector) {
        this.root = root;
        this.selector = selector;
    }

    /**
     * Reads what is there; a {@link io.sealpost.cli.console.Fault} when there is nothing.
     *
     * @param place a configuration, a folder of keys, or a path with {@code $dkim_domain} and perhaps {@code $dkim_selector}
     * @param selector the one that Exim signs with, where neither the path nor the configuration says it
     */
    public static KeyTree read(String place, Optional<String> selector, TreeRoot root) {
        EximTree reader = new EximTree(root, selector);
        if (DOMAIN.matcher(place).find()) {
            reader.paths(template(place), List.of(), Set.of());
        } else if (Files.isDirectory(Path.of(place))) {
            reader.folder(Path.of(place));
        } else {
            List<Map<String, String>> transports = EximConfig.transports(Path.of(place), root);
            if (transports.isEmpty()) {
                reader.tree.skip("dkim_private_key", place, "no transport sets it");
            }
            transports.forEach(reader::transport);
        }
        return reader.tree;
    }

    private static String template(String value) {
        String domains = DOMAIN.matcher(value).replaceAll(PathTemplate.DOMAIN);
        return SELECTOR.matcher(domains).replaceAll(PathTemplate.SELECTOR);
    }

    private void transport(Map<String, String> options) {
        Set<String> domains = Set.copyOf(words(options.getOrDefault("dkim_domain", "")));
        paths(
                template(options.get("dkim_private_key")),
                words(options.getOrDefault("dkim_selector", "")),
                domains.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
    }

    /** A list of plain words; none when the value is an expansion. */
    private static List<String> words(String value) {
        return value.contains("$") || value.contains("{")
                ? List.of()
                : Arrays.stream(value.split("[\\s:]+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    private void paths(String value, List<String> configured, Set<String> domains) {
        List<String> selectors = selector.map(List::of).orElse(configured);
        Matcher paths = PATH.matcher(value);
        boolean any = false;
        while (paths.find()) {
            any = true;
            path(new PathTemplate(paths.group()), selectors, domains);
        }
        if (!any) {
            tree.skip(shown(value), "dkim_private_key", "no path to a key stands in it");
        }
    }

    private void path(PathTemplate template, List<String> selectors, Set<String> domains) {
        if (!template.hasDomain()) {
            for (String domain : domains) {
                selectors.forEach(name -> tree.add(
                        domain, name, new KeySource.InFile(root.resolve(template.of(domain, name), root.folder()))));
            }
            if (domains.isEmpty() || selectors.isEmpty()) {
                tree.skip(
                        shown(template.text()),
                        "dkim_private_key",
                        "for which domain and selector it is, is worked out at run time; import it as PEM");
            }
            return;
        }
        List<PathTemplate.Match> files = template.files(root, root.folder());
        if (files.isEmpty()) {
            tree.skip(shown(template.text()), "dkim_private_key", "there is no file of this kind");
        }
        for (PathTemplate.Match match : files) {
            if (domains.isEmpty() || domains.contains(match.domain().toLowerCase(Locale.ROOT))) {
                found(match, selectors);
            }
        }
    }

    private void found(PathTemplate.Match match, List<String> selectors) {
        List<String> names = match.selector().map(List::of).orElse(selectors);
        if (names.isEmpty()) {
            tree.skip(match.domain(), match.file(), "its selector is not in its name; give it with --selector NAME");
        }
        names.forEach(name -> tree.add(match.domain(), name, new KeySource.InFile(match.file())));
    }

    /** {@code <domain>/<selector>.key}; and {@code <domain>.key} with the selector that was given. */
    private void folder(Path folder) {
        for (String name : TreeRoot.names(folder)) {
            Path entry = folder.resolve(name);
            if (isPublic(name)) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                TreeRoot.names(entry).stream()
                        .filter(inner -> !isPublic(inner) && Files.isRegularFile(entry.resolve(inner)))
                        .forEach(inner -> tree.add(name, stem(inner), new KeySource.InFile(entry.resolve(inner))));
            } else if (Files.isRegularFile(entry)) {
                found(
                        new PathTemplate.Match(stem(name), Optional.empty(), entry),
                        selector.map(List::of).orElse(List.of()));
            }
        }
    }

    private static boolean isPublic(String name) {
        return name.startsWith(".") || name.matches("(?i).*(public|\\.pub|\\.txt|\\.dns|\\.bak|~).*");
    }

    private static String stem(String name) {
        String ending = ENDINGS.stream().filter(name::endsWith).findFirst().orElse("");
        return name.substring(0, name.length() - ending.length());
    }

    private static String shown(String template) {
        return template.replace(PathTemplate.DOMAIN, "$dkim_domain").replace(PathTemplate.SELECTOR, "$dkim_selector");
    }
}
