package io.sealpost.cli.keytrees;

import io.sealpost.mail.ForeignText;
import io.sealpost.mail.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys that rspamd keeps in a vault ({@code rspamadm vault}), out of an export: the answer of the vault for a domain as JSON ({@code vault kv get
 * -format=json}, of either version of its store, or {@code rspamadm vault show}), in one file or a folder of them. The vault itself is
 * not asked.
 */
public final class RspamdVault {
    private final KeyTree tree = new KeyTree();
    private final Instant now;

    private RspamdVault(Instant now) {
        this.now = now;
    }

    /** Reads a file, or every file of a folder; a file without a domain inside is named after its domain. */
    public static KeyTree read(Path place, TreeRoot root, Instant now) {
        RspamdVault vault = new RspamdVault(now);
        if (Files.isDirectory(place)) {
            TreeRoot.names(place).stream()
                    .map(place::resolve)
                    .filter(Files::isRegularFile)
                    .forEach(file -> vault.file(file, root));
        } else {
            vault.file(place, root);
        }
        return vault.tree;
    }

    private void file(Path file, TreeRoot root) {
        Object export = Ucl.parse(root.needed(file), ForeignText.escape(file.toString()));
        List<?> selectors = export instanceof List<?> list ? list : selectors(Ucl.asObject(export));
        if (selectors.isEmpty()) {
            tree.skip(file.getFileName().toString(), file, "it holds no \"selectors\"");
        }
        String domain = file.getFileName().toString().replaceFirst("\\.json$", "");
        selectors.forEach(element -> selector(Ucl.asObject(element), domain, file));
    }

    /** {@code selectors}, {@code data.selectors} (kv version 1) or {@code data.data.selectors} (version 2). */
    private static List<?> selectors(Map<String, Object> export) {
        Map<String, Object> at = export;
        while (!at.containsKey("selectors") && at.get("data") instanceof Map) {
            at = Ucl.asObject(at.get("data"));
        }
        return Ucl.asList(at.get("selectors"));
    }

    private void selector(Map<String, Object> selector, String fileDomain, Path file) {
        String domain = text(selector, "domain").orElse(fileDomain);
        Optional<String> key = text(selector, "key");
        if (key.isEmpty()) {
            tree.skip(domain, file, "the export holds no private key of it");
        } else if (text(selector, "valid_end").filter(this::isPast).isPresent()) {
            tree.skip(domain, file, "its time is over (valid_end)");
        } else {
            tree.add(
                    domain,
                    text(selector, "selector").orElse(""),
                    new KeySource.Inline(new Secret(key.get()), file.toString()));
        }
    }

    private boolean isPast(String seconds) {
        return seconds.matches("\\d{1,12}(\\..*)?")
                && Long.parseLong(seconds.replaceFirst("\\..*", "")) <= now.getEpochSecond();
    }

    private static Optional<String> text(Map<String, Object> object, String name) {
        return Optional.ofNullable(object.get(name)).map(Object::toString).filter(value -> !value.isBlank());
    }
}
