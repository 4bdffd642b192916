package io.sealpost.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** {@code --wait [TIME]}: for records that are not seen yet. */
final class WaitOption {
    @Option(
            names = "--wait",
            arity = "0..1",
            fallbackValue = "1h",
            preprocessor = OptionalTime.class,
            paramLabel = "TIME",
            description = "Looks again until the records are seen, for this time at most; 1h unless said.")
    private Duration time = Duration.ZERO;

    /** Zero unless it was given. */
    Duration time() {
        return time;
    }
}
