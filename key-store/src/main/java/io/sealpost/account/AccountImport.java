package io.sealpost.account;

import io.sealpost.keys.Outcome;

/**
 * Takes accounts over with the hashes of their passwords. Throws {@link io.sealpost.database.StoreUnavailable} when the database is
 * away; each account is committed by itself, so that an interrupted run is finished by another. Thread-safe.
 */
public interface AccountImport {
    /** What became, or would become, of an account. */
    enum Result {
        /** It was added. */
        ADDED,
        /** It is there already and stays as it is, whatever its password. */
        UNCHANGED
    }

    /** Adds the account where it is missing. Refused: no such tenant, or it does not hold the domain. */
    Outcome<Result> take(ImportedAccount account);

    /** What {@link #take} would do now. */
    Outcome<Result> look(ImportedAccount account);
}
