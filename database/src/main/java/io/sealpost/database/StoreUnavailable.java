package io.sealpost.database;

/**
 * The database cannot be reached, or cannot write now: 454 at AUTH, 451 at DATA, exit code 75 of a command. Trying again later is
 * right; nothing of the transaction was stored, unless it is a {@link CommitUnknown}.
 */
public class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The innermost word of the driver, to be escaped before it is shown; empty where there is none. */
    public String reason() {
        return SqlTrouble.reason(getCause());
    }

    /** A plain sentence for the operator's log; the cause is the driver's or the pool's. */
    public StoreUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
