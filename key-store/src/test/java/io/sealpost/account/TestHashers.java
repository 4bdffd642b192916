package io.sealpost.account;

import java.time.Duration;

/** Hashers for tests that log in often. */
public final class TestHashers {
    private TestHashers() {}

    /** Argon2id that costs next to nothing. */
    public static Argon2Hasher cheap() {
        return new Argon2Hasher(new Argon2Hash.Cost(64, 1, 1), 2, Duration.ofSeconds(10));
    }
}
