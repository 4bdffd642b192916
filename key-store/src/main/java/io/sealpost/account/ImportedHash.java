package io.sealpost.account;

/**
 * A hash of another program that was found fit to be stored.
 *
 * @param scheme for people, as {@code blf-crypt}
 * @param stored the column's text; a secret
 */
public record ImportedHash(String scheme, String stored) {
    /** Longer than any that is taken. */
    private static final int MAX = 250;

    /**
     * Reads a hash as password files have it: {@code $2y$…}, {@code {SSHA}…}, {@code $6$…}, {@code $argon2id$…}, each also behind the name
     * that Dovecot gives it.
     *
     * @throws IllegalArgumentException with a plain sentence when it is none that is taken, or costs too much; it never shows the hash
     */
    public static ImportedHash parse(String given) {
        if (given.isBlank() || given.length() > MAX || given.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("the hash is empty, too long, or has blanks in it");
        }
        ForeignHash hash = readOf(given);
        return new ImportedHash(hash.described(), hash.stored());
    }

    private static ForeignHash readOf(String given) {
        try {
            return ForeignHash.parse(given);
        } catch (NumberFormatException outOfRange) {
            throw new IllegalArgumentException("the hash says a cost that is out of all bounds", outOfRange);
        }
    }

    /** Never the hash. */
    @Override
    public String toString() {
        return scheme;
    }
}
