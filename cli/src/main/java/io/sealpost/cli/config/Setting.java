package io.sealpost.cli.config;

import java.util.function.Function;

/**
 * One setting: its name in the file, its default, how its text is read, what it is for.
 *
 * @param <T> the type of its value
 * @param name dotted, as {@code smtp.max_message_size}
 * @param defaultText as it would stand in the file, without quotes; lists are joined by a comma
 * @param parser throws IllegalArgumentException with a plain sentence for a bad text
 * @param help one line for the reference
 */
public record Setting<T>(String name, String defaultText, Function<String, T> parser, String help) {
    /** The environment variable that overrides it: {@code SEALPOST_SMTP_MAX_MESSAGE_SIZE}. */
    public String environmentName() {
        return "SEALPOST_" + name.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
    }

    /** The last part of the name. */
    public String key() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
