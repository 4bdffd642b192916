package io.sealpost.cli;

import io.sealpost.keys.KeyAlgorithm;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --algorithm KIND}, for commands that else take both kinds. */
final class AlgorithmOption {
    @Option(names = "--algorithm", paramLabel = "rsa|ed25519", description = "One kind only.")
    private Optional<KeyAlgorithm> algorithm = Optional.empty();

    boolean admits(KeyAlgorithm kind) {
        return algorithm.isEmpty() || algorithm.get() == kind;
    }

    /** The kind with a blank behind it, for a sentence; nothing where both are meant. */
    String word() {
        return algorithm.map(kind -> kind.tag() + " ").orElse("");
    }
}
