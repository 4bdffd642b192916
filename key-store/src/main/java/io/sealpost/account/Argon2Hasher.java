package io.sealpost.account;

import io.sealpost.mail.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes hashes of Argon2id (RFC 9106), and checks those and imported ones. At most so many run at a time. Thread-safe.
 *
 * <p>A wrong password costs a hash of ours whatever is stored: beside an imported hash that is cheaper, one of nobody's is made.
 */
public final class Argon2Hasher implements PasswordHasher {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final Argon2Hash.Cost cost;
    private final HashingSlots slots;
    private final SecureRandom random = new SecureRandom();
    private final Argon2Hash nobodys;

    /** Hashes by these settings. */
    public Argon2Hasher(HashingSettings settings) {
        this(settings.cost(), settings.slots(), settings.patience());
    }

    Argon2Hasher(Argon2Hash.Cost cost, int slots, Duration patience) {
        this.cost = cost;
        this.slots = new HashingSlots(slots, patience, cost.memory());
        this.nobodys = new Argon2Hash(cost, bytes(SALT_BYTES), bytes(HASH_BYTES));
    }

    /** A slot for each core, ten seconds of patience. */
    public static Argon2Hasher ofThisMachine() {
        return new Argon2Hasher(HashingSettings.ofThisMachine());
    }

    @Override
    public String hash(Secret password) {
        byte[] salt = bytes(SALT_BYTES);
        byte[] prepared = PreparedPassword.of(password).utf8();
        try {
            return slots.run(
                    cost.memory(), () -> new Argon2Hash(cost, salt, cost.hash(prepared, salt, HASH_BYTES)).phc());
        } finally {
            Arrays.fill(prepared, (byte) 0);
        }
    }

    @Override
    public boolean matches(Secret password, Optional<String> stored) {
        StoredHash wanted = stored.map(StoredHash::parse).orElse(nobodys);
        if (wanted instanceof Argon2Hash) {
            return check(PreparedPassword.of(password), wanted) && stored.isPresent();
        }
        // Another program hashed what the keyboard gave.
        boolean right = check(password, wanted);
        if (!right && wanted.memory() < cost.memory()) {
            check(password, nobodys);
        }
        return right;
    }

    @Override
    public boolean isOutdated(String stored) {
        return !(StoredHash.parse(stored) instanceof Argon2Hash own)
                || own.cost().isBelow(cost);
    }

    private boolean check(Secret password, StoredHash wanted) {
        byte[] typed = password.utf8();
        try {
            return slots.run(wanted.memory(), () -> wanted.matches(typed));
        } finally {
            Arrays.fill(typed, (byte) 0);
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
