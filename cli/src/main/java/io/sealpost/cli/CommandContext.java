package io.sealpost.cli;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Problem;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every command shares: the console, the environment, the settings file. */
final class CommandContext {
    private static final Path SYSTEM_FILE = Path.of("/etc/sealpost/sealpost.toml");
    private static final Path LOCAL_FILE = Path.of("sealpost.toml");

    private final Console console;
    private final Map<String, String> environment;

    CommandContext(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    Console console() {
        return console;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Who acts, for the audit: the user that the system names. */
    String actor() {
        return Optional.ofNullable(environment.get("SUDO_USER"))
                .or(() -> Optional.ofNullable(System.getProperty("user.name")))
                .orElse("unknown");
    }

    /**
     * Where the settings lie: {@code --config}, else {@code SEALPOST_CONFIG}, else {@code ./sealpost.toml}, else
     * {@code /etc/sealpost/sealpost.toml}.
     */
    Path settingsPath(Optional<Path> given) {
        Optional<Path> named = given.or(
                () -> Optional.ofNullable(environment.get("SEALPOST_CONFIG")).map(Path::of));
        return named.orElseGet(() -> Stream.of(LOCAL_FILE, SYSTEM_FILE)
                .filter(Files::exists)
                .findFirst()
                .orElse(LOCAL_FILE));
    }

    /** The same; a {@link Fault} when it cannot be read. */
    Path settingsFile(Optional<Path> given) {
        Path file = settingsPath(given);
        if (!Files.isReadable(file)) {
            throw new Fault(
                    Sysexits.CONFIG,
                    Files.exists(file)
                            ? file + " cannot be read by this user"
                            : "there is no settings file " + file
                                    + "; \"sealpost init\" makes one, --config names another");
        }
        return file;
    }

    /** The settings, or a {@link Fault} that lists all that is wrong with them. */
    Settings settings(Optional<Path> given) {
        Path file = settingsFile(given);
        LoadedSettings loaded = load(file);
        if (loaded instanceof LoadedSettings.Invalid invalid) {
            throw new Fault(Sysexits.CONFIG, summary(file, invalid.problems()));
        }
        return ((LoadedSettings.Valid) loaded).settings();
    }

    /** Reads a settings file without judging. */
    LoadedSettings load(Path file) {
        try {
            return SettingsFile.load(file, environment);
        } catch (IOException e) {
            throw new Fault(Sysexits.CONFIG, file + " cannot be read: " + e.getMessage());
        }
    }

    /** Runs work on the database of the settings, joining a running {@code serve} or starting the private server for it. */
    <T> T administer(ConfigFileOption config, Function<Administration, T> work) {
        Settings settings = settings(config.file());
        try (Administration administration = Administration.open(settings, actor(), console::note)) {
            return work.apply(administration);
        }
    }

    static String summary(Path file, List<Problem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return problems.stream()
                .map(problem -> "  " + problem)
                .collect(Collectors.joining("\n", count + " in " + file + ":\n", ""));
    }
}
