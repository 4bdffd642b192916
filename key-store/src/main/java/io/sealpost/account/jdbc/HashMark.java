package io.sealpost.account.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Tells hashes apart and does not give them away. */
final class HashMark {
    private HashMark() {}

    static String of(String hash) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(hash.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The column {@code hash_was}: both marks, so that it says nothing once another password was set, by whatever release. */
    static String raised(String before, String after) {
        return before + ">" + after;
    }
}
