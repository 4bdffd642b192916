package io.sealpost.account.jdbc;

import io.sealpost.account.PasswordHasher;
import io.sealpost.account.TestHashers;
import io.sealpost.mail.Secret;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the hashes that logins cost. */
final class CountingHasher implements PasswordHasher {
    private final PasswordHasher real = TestHashers.cheap();
    private final AtomicInteger hashes = new AtomicInteger();

    @Override
    public String hash(Secret password) {
        hashes.incrementAndGet();
        return real.hash(password);
    }

    @Override
    public boolean matches(Secret password, Optional<String> stored) {
        hashes.incrementAndGet();
        return real.matches(password, stored);
    }

    @Override
    public boolean isOutdated(String stored) {
        return real.isOutdated(stored);
    }

    /** How many since the last call. */
    int sinceLast() {
        return hashes.getAndSet(0);
    }
}
