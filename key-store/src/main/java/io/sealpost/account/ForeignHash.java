package io.sealpost.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * A hash that another program made: bcrypt, salted SHA-1, SHA-512-crypt, Argon2. It opens the account until the first login with it,
 * which puts one of our own in its place. Immutable.
 *
 * @param scheme which
 * @param text the hash without the name of the scheme
 */
record ForeignHash(Scheme scheme, String text) implements StoredHash {
    private static final Pattern NAMED = Pattern.compile("\\{([A-Za-z0-9.-]{1,30})}(.*)");
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final Pattern SHA512_CRYPT =
            Pattern.compile("\\$6\\$(?:rounds=(\\d{1,9})\\$)?[./A-Za-z0-9]{1,16}\\$[./A-Za-z0-9]{86}");
    private static final int MAX_BCRYPT = 14;
    private static final int MAX_ROUNDS = 500_000;
    private static final int SHA1_BYTES = 20;
    private static final int MAX_SALT = 64;
    private static final int LITTLE = 8;

    /** The schemes that are taken. */
    enum Scheme {
        BCRYPT("BLF-CRYPT"),
        SHA512_CRYPT("SHA512-CRYPT"),
        SSHA("SSHA"),
        ARGON2("ARGON2ID");

        private final String dovecot;

        Scheme(String dovecot) {
            this.dovecot = dovecot;
        }
    }

    /**
     * Reads a hash as password files have it, with or without {@code {SCHEME}}.
     *
     * @throws IllegalArgumentException with a plain sentence when it is none that is taken; it never shows the hash
     */
    static ForeignHash parse(String given) {
        Matcher named = NAMED.matcher(given.strip());
        boolean hasName = named.matches();
        String name = hasName ? named.group(1).toUpperCase(Locale.ROOT) : "";
        String text = hasName ? named.group(2) : given.strip();
        ForeignHash hash = new ForeignHash(scheme(name, text), text);
        hash.check();
        return hash;
    }

    private static Scheme scheme(String name, String text) {
        return switch (name) {
            case "SSHA" -> Scheme.SSHA;
            case "", "CRYPT", "BLF-CRYPT", "BCRYPT", "SHA512-CRYPT", "ARGON2ID", "ARGON2I", "ARGON2" -> byShape(text);
            default ->
                throw new IllegalArgumentException(
                        "the scheme {" + name + "} is not known; bcrypt, SSHA, SHA512-CRYPT and Argon2 are taken");
        };
    }

    private static Scheme byShape(String text) {
        if (text.startsWith("$2")) {
            return Scheme.BCRYPT;
        }
        if (text.startsWith("$6$")) {
            return Scheme.SHA512_CRYPT;
        }
        if (text.startsWith("$argon2")) {
            return Scheme.ARGON2;
        }
        throw new IllegalArgumentException(
                "the hash is of no known scheme; bcrypt ($2y$), {SSHA}, SHA512-CRYPT ($6$) and Argon2 are taken");
    }

    private void check() {
        switch (scheme) {
            case BCRYPT -> {
                int cost = Integer.parseInt(part(BCRYPT, "4"));
                require(
                        cost >= 4 && cost <= MAX_BCRYPT,
                        "bcrypt of cost " + cost + "; 4 to " + MAX_BCRYPT + " are taken");
            }
            case SHA512_CRYPT -> {
                int rounds = Integer.parseInt(part(SHA512_CRYPT, "5000"));
                require(
                        rounds <= MAX_ROUNDS,
                        "SHA512-CRYPT of " + rounds + " rounds; " + MAX_ROUNDS + " are taken at most");
            }
            case SSHA -> require(salted().length > SHA1_BYTES, "the hash is no {SSHA}: it has no salt");
            case ARGON2 -> Argon2Hash.parse(text);
        }
    }

    /** The group of the pattern that says the cost. */
    private String part(Pattern shape, String otherwise) {
        Matcher parts = shape.matcher(text);
        require(parts.matches(), "the hash is cut off or no {" + scheme.dovecot + "}");
        return parts.group(1) == null ? otherwise : parts.group(1);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private byte[] salted() {
        byte[] bytes = Base64.getDecoder().decode(text);
        require(bytes.length <= SHA1_BYTES + MAX_SALT, "the hash is no {SSHA}: it is too long");
        return bytes;
    }

    /** The column's text. */
    String stored() {
        return "{" + scheme.dovecot + "}" + text;
    }

    /** For people: which, and what it costs. */
    String described() {
        return scheme.dovecot.toLowerCase(Locale.ROOT);
    }

    @Override
    public int memory() {
        return scheme == Scheme.ARGON2 ? Argon2Hash.parse(text).memory() : LITTLE;
    }

    @Override
    public boolean matches(byte[] typed) {
        return switch (scheme) {
            case BCRYPT -> OpenBSDBCrypt.checkPassword(text, typed.clone());
            case SHA512_CRYPT ->
                MessageDigest.isEqual(
                        // It wipes what it was given.
                        Sha2Crypt.sha512Crypt(typed.clone(), text).getBytes(StandardCharsets.US_ASCII),
                        text.getBytes(StandardCharsets.US_ASCII));
            case SSHA -> matchesSalted(typed);
            case ARGON2 -> Argon2Hash.parse(text).matches(typed);
        };
    }

    private boolean matchesSalted(byte[] typed) {
        byte[] wanted = salted();
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(typed);
            byte[] hash = sha1.digest(Arrays.copyOfRange(wanted, SHA1_BYTES, wanted.length));
            return MessageDigest.isEqual(hash, Arrays.copyOf(wanted, SHA1_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** Never the hash. */
    @Override
    public String toString() {
        return described();
    }
}
