package io.sealpost.account;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** A hash of Argon2id (or of Argon2i, as others made them) with its parameters, stored as a PHC string: {@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}. */
final class Argon2Hash implements StoredHash {
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2(id|i)\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private final int type;
    private final Cost cost;
    private final byte[] salt;
    private final byte[] hash;

    Argon2Hash(Cost cost, byte[] salt, byte[] hash) {
        this(Argon2Parameters.ARGON2_id, cost, salt, hash);
    }

    private Argon2Hash(int type, Cost cost, byte[] salt, byte[] hash) {
        this.type = type;
        this.cost = cost;
        this.salt = salt.clone();
        this.hash = hash.clone();
    }

    /**
     * What one hash costs.
     *
     * @param memory in KiB, at most 256 MiB
     * @param passes over the memory
     * @param lanes of it
     */
    record Cost(int memory, int passes, int lanes) {
        /** 19 MiB, two passes, one lane. */
        static final Cost USUAL = new Cost(19_456, 2, 1);

        private static final int MAX_MEMORY = 262_144;
        private static final int MAX_PASSES = 16;
        private static final int MAX_LANES = 16;
        /** Passes times memory: some two seconds of a core. */
        private static final long MAX_WORK = 1 << 20;

        Cost {
            if (memory < 8
                    || memory > MAX_MEMORY
                    || passes < 1
                    || passes > MAX_PASSES
                    || lanes < 1
                    || lanes > MAX_LANES
                    || (long) memory * passes > MAX_WORK) {
                throw new IllegalArgumentException("Argon2 of m=" + memory + ",t=" + passes + ",p=" + lanes
                        + "; 256 MiB, 16 passes, 16 lanes, and 1 GiB over all passes are taken at most");
            }
        }

        /** Whether a hash of this cost is to be raised to the other. */
        boolean isBelow(Cost other) {
            return memory < other.memory || passes < other.passes;
        }

        byte[] hash(byte[] password, byte[] salt, int length) {
            return hash(Argon2Parameters.ARGON2_id, password, salt, length);
        }

        private byte[] hash(int type, byte[] password, byte[] salt, int length) {
            Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
            argon2.init(new Argon2Parameters.Builder(type)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[length];
            argon2.generateBytes(password, hash);
            return hash;
        }
    }

    /** Reads {@link #phc}; throws IllegalArgumentException for another hash, without showing it. */
    static Argon2Hash parse(String phc) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalArgumentException("the hash is cut off or no Argon2 of version 19");
        }
        int type = parts.group(1).equals("id") ? Argon2Parameters.ARGON2_id : Argon2Parameters.ARGON2_i;
        Cost cost = new Cost(
                Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)), Integer.parseInt(parts.group(4)));
        Base64.Decoder base64 = Base64.getDecoder();
        return new Argon2Hash(type, cost, base64.decode(parts.group(5)), base64.decode(parts.group(6)));
    }

    String phc() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memory() + ",t=" + cost.passes() + ",p=" + cost.lanes() + "$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    Cost cost() {
        return cost;
    }

    @Override
    public int memory() {
        return cost.memory();
    }

    @Override
    public boolean matches(byte[] typed) {
        return MessageDigest.isEqual(cost.hash(type, typed, salt, hash.length), hash);
    }
}
