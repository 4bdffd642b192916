package io.sealpost.cli.keytrees;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parameters of an {@code opendkim.conf}, the last of a name; files that it includes are read where they are named. */
final class OpenDkimConfig {
    private static final int DEEPEST = 5; // opendkim.conf(5), Include

    private final TreeRoot root;
    private final Map<String, String> parameters = new HashMap<>();

    private OpenDkimConfig(TreeRoot root) {
        this.root = root;
    }

    static OpenDkimConfig read(Path file, TreeRoot root) {
        OpenDkimConfig config = new OpenDkimConfig(root);
        config.include(root.needed(file).lines().toList(), file.toAbsolutePath().getParent(), 1);
        return config;
    }

    private void include(List<String> lines, Path folder, int depth) {
        for (String line : lines) {
            String text = line.replaceFirst("#.*", "").strip();
            String[] parts = text.split("\\s+", 2);
            if (parts.length < 2) {
                continue;
            }
            if (!parts[0].equalsIgnoreCase("include")) {
                parameters.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
            } else if (depth < DEEPEST) {
                include(
                        root.needed(root.resolve(parts[1].strip(), folder))
                                .lines()
                                .toList(),
                        folder,
                        depth + 1);
            }
        }
    }

    /** The value of a parameter, whose name counts without case. */
    Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Boolean by its first byte (opendkim.conf(5)). */
    boolean isOn(String name) {
        return get(name).filter(value -> value.matches("(?i)[ty1].*")).isPresent();
    }
}
