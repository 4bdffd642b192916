package io.sealpost.keys;

/** A sealed key does not open: its row was damaged, altered, or moved from another row. */
public final class SealBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A plain sentence for the operator's log. */
    public SealBroken(String sentence) {
        super(sentence);
    }
}
