package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Listing;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --json}, mixed into each command that lists. */
final class JsonOption {
    @Option(names = "--json", description = "Prints JSON, for scripts.")
    private boolean json;

    boolean wanted() {
        return json;
    }

    /** Prints the rows in the form that was asked for. */
    <T> void print(Console console, Listing<T> listing, List<T> rows) {
        if (json) {
            listing.printJson(console, rows);
        } else {
            listing.print(console, rows);
        }
    }
}
