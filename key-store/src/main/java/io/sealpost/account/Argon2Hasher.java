package io.sealpost.account;

import io.sealpost.mail.Secret;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Argon2id (RFC 9106) with 19 MiB, two passes and one lane, as OWASP advises where many log in at once. At most so many hashes run at
 * a time, first come first served, so that their memory is bounded. Thread-safe.
 */
public final class Argon2Hasher implements PasswordHasher {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final Argon2Hash.Cost cost;
    private final Semaphore slots;
    private final Duration patience;
    private final SecureRandom random = new SecureRandom();
    private final Argon2Hash nobodys;

    /** Runs {@code slots} hashes at a time; who has waited for {@code patience} is turned away. */
    public Argon2Hasher(int slots, Duration patience) {
        this(Argon2Hash.Cost.USUAL, slots, patience);
    }

    Argon2Hasher(Argon2Hash.Cost cost, int slots, Duration patience) {
        this.cost = cost;
        this.slots = new Semaphore(slots, true);
        this.patience = patience;
        this.nobodys = new Argon2Hash(cost, bytes(SALT_BYTES), bytes(HASH_BYTES));
    }

    /** A slot for each core, ten seconds of patience. */
    public static Argon2Hasher ofThisMachine() {
        return new Argon2Hasher(Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(10));
    }

    @Override
    public String hash(Secret password) {
        byte[] salt = bytes(SALT_BYTES);
        return new Argon2Hash(cost, salt, inSlot(password, cost, salt, HASH_BYTES)).phc();
    }

    @Override
    public boolean matches(Secret password, Optional<String> stored) {
        Argon2Hash wanted = stored.map(Argon2Hash::parse).orElse(nobodys);
        byte[] hash = inSlot(password, wanted.cost(), wanted.salt(), wanted.hash().length);
        return MessageDigest.isEqual(hash, wanted.hash()) && stored.isPresent();
    }

    private byte[] inSlot(Secret password, Argon2Hash.Cost price, byte[] salt, int length) {
        byte[] prepared = PreparedPassword.of(password).utf8();
        take();
        try {
            return price.hash(prepared, salt, length);
        } finally {
            slots.release();
            Arrays.fill(prepared, (byte) 0);
        }
    }

    private void take() {
        try {
            if (!slots.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new HashingBusy(
                        "more logins with main passwords arrive than can be hashed; one waited " + patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HashingBusy("a login was interrupted while it waited for its hash");
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
