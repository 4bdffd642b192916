package io.sealpost.cli.console;

/** Ends a command with one plain sentence on standard error and a code of {@link Sysexits}; no stack trace is shown. */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** A fault that says what is wrong and what to do. */
    public Fault(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** The code that the program ends with. */
    public int exitCode() {
        return exitCode;
    }
}
