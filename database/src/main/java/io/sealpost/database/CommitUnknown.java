package io.sealpost.database;

/**
 * The answer to COMMIT was lost: the transaction is stored, or it is not.
 *
 * <p>Who must know repeats the same inserts with the same ids, after a moment, since the old session may still live: a duplicate
 * key ({@link SqlTrouble#DUPLICATE_KEY}) then means that it was stored. Only after this exception does a duplicate key mean that.
 */
public final class CommitUnknown extends StoreUnavailable {
    private static final long serialVersionUID = 1L;

    /** A plain sentence for the operator's log; the cause is what COMMIT threw. */
    public CommitUnknown(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
