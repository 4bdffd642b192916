package io.sealpost.cli.doctor;

import java.util.Locale;

/** How bad a {@link Finding} is. */
public enum Level {
    /** As it should be. */
    OK,
    /** Works, or could not be looked at; worth a look. */
    WARNING,
    /** Mail is lost, refused or not taken until it is mended. */
    PROBLEM;

    /** For screens and JSON. */
    public String shown() {
        return name().toLowerCase(Locale.ROOT);
    }
}
