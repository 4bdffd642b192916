package io.sealpost.account;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Slows those down who guess passwords. Asked where a password would have to be hashed: an app password that is right costs no hash and
 * always goes on. Thread-safe.
 */
public interface GuessingBrake {
    /** Nobody is slowed down. */
    GuessingBrake NONE = new GuessingBrake() {
        @Override
        public Optional<Duration> braked(LoginAttempt attempt, OptionalLong account) {
            return Optional.empty();
        }

        @Override
        public void failed(LoginAttempt attempt) {}
    };

    /**
     * How long this client must wait before its next try; empty when it may try now.
     *
     * @param account the row of the account of that name; empty when there is none
     */
    Optional<Duration> braked(LoginAttempt attempt, OptionalLong account);

    /** A password was wrong, or the name unknown. */
    void failed(LoginAttempt attempt);
}
