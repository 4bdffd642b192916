package io.sealpost.relay.route;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** The one text that all domains with the same set of MX hosts share. */
final class SiteName {
    /** A site is a key of tables and a word in logs. */
    private static final int MAX_LENGTH = 255;

    private static final int HASH_BYTES = 16;

    private SiteName() {}

    /** The names sorted and joined by commas; what would be over 255 characters ends in a hash of the whole. */
    static String of(Collection<String> hosts) {
        String all = String.join(",", List.copyOf(new TreeSet<>(hosts)));
        return all.length() <= MAX_LENGTH ? all : all.substring(0, MAX_LENGTH - 2 * HASH_BYTES - 1) + "#" + hash(all);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without SHA-256", e);
        }
    }
}
