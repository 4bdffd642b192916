package io.sealpost.cli;

import picocli.CommandLine.Option;

/** {@code --json}, mixed into each command that lists. */
final class JsonOption {
    @Option(names = "--json", description = "Prints JSON, for scripts.")
    private boolean json;

    boolean wanted() {
        return json;
    }
}
