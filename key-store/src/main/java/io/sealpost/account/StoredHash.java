package io.sealpost.account;

/**
 * A hash of a main password as the column {@code hash} has it: our own as a bare PHC string, an imported one behind the name of its
 * scheme in braces, as Dovecot writes it. Immutable.
 */
interface StoredHash {
    /** Memory that checking it takes, in KiB. */
    int memory();

    /** Whether this is the password; {@code typed} are the bytes as the client sent them. */
    boolean matches(byte[] typed);

    /** Reads a column; throws IllegalArgumentException for what is none, without showing it. */
    static StoredHash parse(String stored) {
        return stored.startsWith("{") ? ForeignHash.parse(stored) : Argon2Hash.parse(stored);
    }
}
