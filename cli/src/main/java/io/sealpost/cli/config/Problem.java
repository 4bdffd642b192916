package io.sealpost.cli.config;

/**
 * One fault of the settings.
 *
 * @param line in the file, from 1; 0 when it stands nowhere (missing, or from the environment)
 * @param sentence what is wrong and what to do
 */
public record Problem(int line, String sentence) {
    @Override
    public String toString() {
        return line > 0 ? "line " + line + ": " + sentence : sentence;
    }
}
