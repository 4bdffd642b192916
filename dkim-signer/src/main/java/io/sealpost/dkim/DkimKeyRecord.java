package io.sealpost.dkim;

import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A key record as it stands in a TXT record (RFC 6376 §3.6.1). Unknown tags are ignored.
 *
 * <p>Our own reading: jDKIM's throws the same exception for a revoked key as for a broken record, does not look at {@code s=}, and
 * knows no Ed25519 key.
 *
 * @param keyType {@code k=}, "rsa" when it is missing
 * @param publicKey {@code p=} in base64 without white space; empty: revoked
 * @param hashes {@code h=}; empty: all
 * @param services {@code s=}, "*" when it is missing
 * @param flags {@code t=}
 * @param notes {@code n=}, for people
 */
public record DkimKeyRecord(
        String keyType, String publicKey, List<String> hashes, List<String> services, List<String> flags, String notes)
        implements KeyRecordReading {
    /** Copies the lists. */
    public DkimKeyRecord {
        hashes = List.copyOf(hashes);
        services = List.copyOf(services);
        flags = List.copyOf(flags);
    }

    /**
     * Reads a record.
     *
     * @param text the strings of one TXT record joined without blanks (RFC 6376 §3.6.2.2)
     */
    public static KeyRecordReading parse(String text) {
        TagList tags = TagList.parse(text).orElse(null);
        if (tags == null) {
            return new Malformed("the record is not a list of tags, each named once");
        }
        if (tags.value("v").isPresent()
                && !(tags.isFirst("v") && tags.value("v").get().equals("DKIM1"))) {
            return new Malformed("v= is not DKIM1 or not the first tag");
        }
        if (tags.value("p").isEmpty()) {
            return new Malformed("the record has no p=");
        }
        return new DkimKeyRecord(
                tags.value("k").orElse("rsa").toLowerCase(Locale.ROOT),
                tags.compact("p").get(),
                lowerCase(tags.parts("h")),
                tags.value("s").isPresent() ? lowerCase(tags.parts("s")) : List.of("*"),
                lowerCase(tags.parts("t")),
                tags.value("n").orElse(""));
    }

    /** The plain record of a key: {@code p=} is SubjectPublicKeyInfo for RSA, the raw 32 bytes for Ed25519 (RFC 8463 §4). */
    public static DkimKeyRecord of(SigningAlgorithm algorithm, PublicKey key) {
        String value = Base64.getEncoder().encodeToString(PublicKeys.recordValue(algorithm, key));
        return new DkimKeyRecord(algorithm.keyType(), value, List.of(), List.of("*"), List.of(), "");
    }

    /** The record's text for a key without restrictions: {@code v=DKIM1; k=…; p=…}, one string, unquoted and unsplit. */
    public String plainText() {
        return "v=DKIM1; k=" + keyType + "; p=" + publicKey;
    }

    /** Whether the key was taken back ({@code p=} empty). */
    public boolean isRevoked() {
        return publicKey.isEmpty();
    }

    /** {@code t=y}: the domain is only trying DKIM; its signatures count for nothing. */
    public boolean isTest() {
        return flags.contains("y");
    }

    /** {@code t=s}: the domain of {@code i=} must be that of {@code d=}, not one below it. */
    public boolean forbidsSubdomains() {
        return flags.contains("s");
    }

    /** Whether a hash may be used with the key, as {@code sha256}. */
    public boolean allowsHash(String hash) {
        return hashes.isEmpty() || hashes.contains(hash);
    }

    /** Whether the key is for mail at all. */
    public boolean isForMail() {
        return services.contains("*") || services.contains("email");
    }

    private static List<String> lowerCase(List<String> words) {
        return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }
}
