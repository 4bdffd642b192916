package io.sealpost.cli.config;

/**
 * A setting as it holds now, for {@code config show}.
 *
 * @param name dotted, as {@code smtp.max_message_size}
 * @param value as TOML has it: a String, an Integer, a Boolean, or a list of Strings; never a secret
 * @param source where it comes from
 */
public record SettingInForce(String name, Object value, Source source) {
    /** Where a value comes from. */
    public sealed interface Source {
        /** Nobody said anything. */
        record Default() implements Source {}

        /**
         * The settings file.
         *
         * @param number from 1; 0 where it could not be found
         */
        record Line(int number) implements Source {}

        /**
         * The environment.
         *
         * @param name of the variable
         */
        record Variable(String name) implements Source {}
    }

    /** The table that it stands in; "" for those above the first one. */
    public String table() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** The last part of the name. */
    public String key() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Whether somebody said it, even where it is the default. */
    public boolean isGiven() {
        return !(source instanceof Source.Default);
    }
}
