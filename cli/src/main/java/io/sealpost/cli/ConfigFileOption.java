package io.sealpost.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --config FILE}, mixed into each command that reads the settings. */
final class ConfigFileOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings file (else SEALPOST_CONFIG, ./sealpost.toml, /etc/sealpost/sealpost.toml).")
    private Path file;

    /** The file named on the command line; empty when none was. */
    Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
