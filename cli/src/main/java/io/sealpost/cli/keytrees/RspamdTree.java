package io.sealpost.cli.keytrees;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.keytrees.OpenDkimDataSet.Entry;
import io.sealpost.cli.keytrees.OpenDkimDataSet.Matching;
import io.sealpost.mail.ForeignText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys of rspamd's module {@code dkim_signing}: its domains, its maps of paths and selectors, its signing and key tables, and what lies under
 * its path. Keys in Redis and in a vault are not in files: their places are named.
 */
public final class RspamdTree {
    private final Map<String, Object> settings;
    private final Path folder;
    private final TreeRoot root;
    private final KeyTree tree = new KeyTree();
    private final RspamdMaps maps;
    private final Set<String> named = new LinkedHashSet<>();

    private RspamdTree(Map<String, Object> settings, Path folder, TreeRoot root) {
        this.settings = settings;
        this.folder = folder;
        this.root = root;
        this.maps = new RspamdMaps(folder, root, tree);
    }

    /**
     * Reads a configuration; a {@link Fault} when there is none.
     *
     * @param place the folder {@code /etc/rspamd}, of which {@code local.d} and {@code override.d} are read; or a file: one of these, or what
     *     {@code rspamadm configdump dkim_signing} prints, as JSON or not
     */
    public static KeyTree read(Path place, TreeRoot root) {
        Map<String, Object> settings = new LinkedHashMap<>();
        Path folder = place.toAbsolutePath().normalize();
        if (Files.isDirectory(place)) {
            for (String part : List.of("local.d", "override.d")) {
                Path file = folder.resolve(part).resolve("dkim_signing.conf");
                root.text(file).ifPresent(text -> Ucl.join(settings, module(text, file)));
            }
            if (settings.isEmpty()) {
                throw new Fault(
                        Sysexits.NOINPUT,
                        "neither local.d/dkim_signing.conf nor override.d/dkim_signing.conf is in "
                                + ForeignText.escape(place.toString())
                                + "; \"rspamadm configdump dkim_signing\" prints the whole, whose file does too");
            }
        } else {
            settings.putAll(module(root.needed(place), place));
            folder = folder.getParent();
        }
        RspamdTree reader = new RspamdTree(settings, folder, root);
        reader.read();
        return reader.tree;
    }

    private static Map<String, Object> module(String text, Path file) {
        String plain = text.replaceAll("(?m)^\\*{3} .*", ""); // How configdump begins and ends a section.
        Map<String, Object> object = Ucl.object(plain, ForeignText.escape(file.toString()));
        return object.get("dkim_signing") instanceof Map ? Ucl.asObject(object.get("dkim_signing")) : object;
    }

    private void read() {
        if (isOn("use_redis", "false")) {
            tree.skip(
                    "use_redis",
                    "dkim_signing",
                    "keys in Redis are not read; write them into files, or import each as PEM");
            return;
        }
        if (isOn("use_vault", "false")) {
            tree.skip(
                    "use_vault",
                    "dkim_signing",
                    "the vault itself is not asked; export what it holds as JSON and give it with --rspamd-vault");
            return;
        }
        Optional<OpenDkimDataSet> signing = maps.map(settings, "signing_table", Matching.WILDCARDS);
        Optional<OpenDkimDataSet> keys = maps.map(settings, "key_table", Matching.WILDCARDS);
        if (signing.isPresent() && keys.isPresent()) {
            new SigningTables(keys.get(), selector(), folder, root, tree).read(signing.get());
            return;
        }
        byDomain();
        if (isOn("try_fallback", "true")) {
            fallback();
        }
    }

    private boolean isOn(String name, String otherwise) {
        return settings.getOrDefault(name, otherwise).toString().matches("(?i)true|yes|on|1");
    }

    private String selector() {
        return settings.getOrDefault("selector", "dkim").toString();
    }

    /** As dkim_signing.lua: what a domain's own settings lack comes from the maps, then from the settings for all. */
    private void byDomain() {
        Optional<OpenDkimDataSet> selectors = maps.map(settings, "selector_map", Matching.EXACT);
        Optional<OpenDkimDataSet> paths = maps.map(settings, "path_map", Matching.EXACT);
        Map<String, Object> domains = Ucl.asObject(settings.get("domain"));
        Set<String> all = new LinkedHashSet<>(domains.keySet());
        selectors.ifPresent(map -> map.entries().forEach(entry -> all.add(entry.name())));
        paths.ifPresent(map -> map.entries().forEach(entry -> all.add(entry.name())));
        for (String domain : all) {
            named.add(domain.toLowerCase(Locale.ROOT));
            Optional<String> selector =
                    selectors.flatMap(map -> map.find(domain)).map(Entry::value);
            Optional<String> path = paths.flatMap(map -> map.find(domain)).map(Entry::value);
            for (Map<String, Object> own : own(Ucl.asObject(domains.get(domain)))) {
                take(
                        domain,
                        text(own, "selector").or(() -> selector).orElse(selector()),
                        text(own, "path").or(() -> path).or(() -> text(settings, "path")));
            }
        }
    }

    private static List<Map<String, Object>> own(Map<String, Object> domain) {
        List<Map<String, Object>> own = new ArrayList<>();
        if (domain.containsKey("selector") || domain.containsKey("path")) {
            own.add(domain);
        }
        Ucl.asList(domain.get("selectors")).forEach(element -> own.add(Ucl.asObject(element)));
        return own.isEmpty() ? List.of(Map.of()) : own;
    }

    private static Optional<String> text(Map<String, Object> object, String name) {
        return Optional.ofNullable(object.get(name)).map(Object::toString);
    }

    private void take(String domain, String selector, Optional<String> path) {
        if (path.isEmpty()) {
            tree.skip(domain, "dkim_signing", "no path to its key is named");
            return;
        }
        String place = template(path.get()).of(domain, selector);
        tree.add(domain, selector, new KeySource.InFile(root.resolve(place, folder)));
    }

    private PathTemplate template(String path) {
        return new PathTemplate(maps.expanded(path)
                .replaceAll("\\$(domain\\b|\\{domain\\})", PathTemplate.DOMAIN)
                .replaceAll("\\$(selector\\b|\\{selector\\})", PathTemplate.SELECTOR));
    }

    /** Domains that no setting names, by the files under the path for all. */
    private void fallback() {
        Optional<PathTemplate> path = text(settings, "path").map(this::template);
        if (path.isEmpty()) {
            return;
        }
        if (!path.get().hasDomain()) {
            tree.skip(
                    text(settings, "path").get(),
                    "dkim_signing",
                    "one key signs for whatever domain comes; name the domains: sealpost dkim import DOMAIN PEM --selector "
                            + selector());
            return;
        }
        PathTemplate signs = new PathTemplate(path.get().of(PathTemplate.DOMAIN, selector()));
        Set<Path> files = new LinkedHashSet<>();
        for (PathTemplate.Match match : signs.files(root, folder)) {
            files.add(match.file());
            if (!named.contains(match.domain().toLowerCase(Locale.ROOT))) {
                tree.add(match.domain(), selector(), new KeySource.InFile(match.file()));
            }
        }
        Set<String> known = new LinkedHashSet<>();
        tree.keys().forEach(key -> known.add(key.source().toString()));
        for (PathTemplate.Match match : path.get().files(root, folder)) {
            if (files.add(match.file()) && !known.contains(match.file().toString())) {
                tree.skip(
                        match.domain(),
                        match.file(),
                        "rspamd does not sign with the selector "
                                + match.selector().orElse("") + " but with " + selector());
            }
        }
    }
}
