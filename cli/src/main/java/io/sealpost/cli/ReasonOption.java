package io.sealpost.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --reason TEXT}, mixed into each command that takes something away and can give it back. */
final class ReasonOption {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit trail.")
    private Optional<String> reason = Optional.empty();

    Optional<String> text() {
        return reason;
    }
}
