package io.sealpost.account;

import io.sealpost.mail.Secret;
import java.util.Optional;

/** Hashes main passwords. Implementations are thread-safe. */
public interface PasswordHasher {
    /** A fresh hash of the password with its parameters, to be stored; throws {@link HashingBusy} when no turn comes in time. */
    String hash(Secret password);

    /**
     * Whether the password is that of the stored hash. Without one it takes the same time and is false, so that nobody learns by the
     * clock what is not there. Throws {@link HashingBusy} when no turn comes in time.
     */
    boolean matches(Secret password, Optional<String> stored);

    /** Whether a stored hash is to be replaced by a fresh one at the next login: it is another program's, or cheaper than those made now. */
    boolean isOutdated(String stored);
}
