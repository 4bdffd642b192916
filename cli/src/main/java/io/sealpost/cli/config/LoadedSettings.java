package io.sealpost.cli.config;

import java.util.List;

/** What reading the settings gave. */
public sealed interface LoadedSettings {
    /** All of them are right. */
    record Valid(Settings settings) implements LoadedSettings {}

    /**
     * Some are not; nothing is started with them.
     *
     * @param problems in the order of the file
     */
    record Invalid(List<Problem> problems) implements LoadedSettings {
        /** Copies the list. */
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
