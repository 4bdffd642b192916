package io.sealpost.account;

import java.time.Duration;
import java.util.Objects;

/**
 * What a fresh hash of a main password costs, and how many run at a time.
 *
 * @param memoryKib of Argon2id, at most 262,144
 * @param iterations passes over it
 * @param parallelism lanes of it
 * @param slots hashes at a time
 * @param patience how long one waits for its turn
 */
public record HashingSettings(int memoryKib, int iterations, int parallelism, int slots, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Throws IllegalArgumentException with a plain sentence when Argon2 or this program cannot do so. */
    public HashingSettings {
        Objects.requireNonNull(patience, "patience is null");
        if (slots < 1) {
            throw new IllegalArgumentException("at least one slot for hashes");
        }
        new Argon2Hash.Cost(memoryKib, iterations, parallelism);
    }

    /** 19 MiB, two passes, one lane, as OWASP advises where many log in at once; so many slots. */
    public static HashingSettings usual(int slots) {
        return new HashingSettings(19_456, 2, 1, slots, PATIENCE);
    }

    /** The same with a slot for each core. */
    public static HashingSettings ofThisMachine() {
        return usual(Runtime.getRuntime().availableProcessors());
    }

    Argon2Hash.Cost cost() {
        return new Argon2Hash.Cost(memoryKib, iterations, parallelism);
    }
}
