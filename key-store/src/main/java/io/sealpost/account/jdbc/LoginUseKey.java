package io.sealpost.account.jdbc;

import io.sealpost.account.Credential;
import io.sealpost.account.LoginResult.Cause;
import java.util.Locale;
import java.util.Optional;

/**
 * Which logins are counted together: the primary key of {@code login_use}.
 *
 * @param credential of {@code app_password}; 0: the main password, or none
 * @param outcome {@link #GRANTED}, or the cause of the refusal in lower case
 */
record LoginUseKey(long account, long credential, String outcome) {
    static final String GRANTED = "granted";
    static final long MAIN = 0;

    static LoginUseKey granted(long account, Credential credential) {
        return new LoginUseKey(account, credential.appPassword().orElse(MAIN), GRANTED);
    }

    static LoginUseKey refused(long account, long credential, Cause cause) {
        return new LoginUseKey(account, credential, cause.name().toLowerCase(Locale.ROOT));
    }

    /** The cause of a stored outcome; empty for one that a newer release wrote. */
    static Optional<Cause> cause(String outcome) {
        for (Cause cause : Cause.values()) {
            if (cause.name().toLowerCase(Locale.ROOT).equals(outcome)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }
}
