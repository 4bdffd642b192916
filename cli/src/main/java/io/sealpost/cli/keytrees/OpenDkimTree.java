package io.sealpost.cli.keytrees;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Keys of an OpenDKIM: its KeyTable and SigningTable, or the one KeyFile of its Domain. */
public final class OpenDkimTree {
    private OpenDkimTree() {}

    /** Reads what {@code opendkim.conf} leads to; a {@link io.sealpost.cli.console.Fault} when that itself cannot be read. */
    public static KeyTree read(Path file, TreeRoot root) {
        KeyTree tree = new KeyTree();
        OpenDkimConfig config = OpenDkimConfig.read(file, root);
        Path folder = file.toAbsolutePath().getParent();
        Path base = config.get("BaseDirectory")
                .map(directory -> root.resolve(directory, folder))
                .orElse(folder);
        Optional<String> keyTable = config.get("KeyTable");
        if (keyTable.isPresent()) {
            tables(config, keyTable.get(), base, root, tree);
        } else {
            single(config, base, root, tree);
        }
        return tree;
    }

    private static void tables(OpenDkimConfig config, String keyTable, Path base, TreeRoot root, KeyTree tree) {
        Optional<String> signingTable = config.get("SigningTable");
        if (signingTable.isEmpty()) {
            tree.skip("KeyTable " + keyTable, "KeyTable", "there is no SigningTable, so none of its keys signs");
            return;
        }
        OpenDkimDataSet.read("KeyTable", keyTable, base, root, tree)
                .ifPresent(keys -> OpenDkimDataSet.read("SigningTable", signingTable.get(), base, root, tree)
                        .ifPresent(signing -> new SigningTables(keys, "", base, root, tree).read(signing)));
    }

    private static void single(OpenDkimConfig config, Path base, TreeRoot root, KeyTree tree) {
        Optional<String> key = config.get("KeyFile");
        Optional<String> selector = config.get("Selector");
        if (key.isEmpty() || selector.isEmpty() || config.get("Domain").isEmpty()) {
            tree.skip(
                    "opendkim.conf",
                    "opendkim.conf",
                    "it names neither KeyTable and SigningTable nor Domain, Selector and KeyFile");
            return;
        }
        List<OpenDkimDataSet.Entry> domains = OpenDkimDataSet.read(
                        "Domain", config.get("Domain").get(), base, root, tree)
                .map(OpenDkimDataSet::entries)
                .orElse(List.of());
        for (OpenDkimDataSet.Entry domain : domains) {
            if (domain.name().contains("*")) {
                tree.skip(domain.name(), "Domain", "a pattern names no domain; name them one by one");
            } else {
                tree.add(domain.name(), selector.get(), new KeySource.InFile(root.resolve(key.get(), base)));
            }
        }
        if (config.isOn("SubDomains")) {
            tree.skip("SubDomains", "opendkim.conf", "a subdomain needs a key of its own here");
        }
    }
}
