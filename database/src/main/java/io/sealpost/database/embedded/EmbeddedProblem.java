package io.sealpost.database.embedded;

/** The private MariaDB cannot be had; the message is one plain sentence that says what to do. */
public final class EmbeddedProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedProblem(String sentence) {
        super(sentence);
    }

    EmbeddedProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
