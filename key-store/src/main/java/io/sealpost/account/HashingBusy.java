package io.sealpost.account;

import io.sealpost.database.StoreUnavailable;

/** So many logins wait for their hash that this one was given up: nobody can tell now whether the password is right (454). */
public final class HashingBusy extends StoreUnavailable {
    private static final long serialVersionUID = 1L;

    /** A plain sentence for the operator's log. */
    public HashingBusy(String sentence) {
        super(sentence, null);
    }
}
