package io.sealpost.dkim;

import java.security.PublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Public keys by the text of {@code p=}, parsed once: a verifier that sees the same few records would spend more on parsing than on
 * verifying. A changed record is another text, so that nothing here outlives what the DNS shows. Keeps the keys that were last used.
 * Thread-safe.
 */
final class ParsedKeys {
    static final int MOST = 1000;
    private static final int LONGEST_TEXT = 2048; // RSA of 8192 bits has 1,400 letters; whatever is longer is not kept.

    private final PublicKeys keys;
    private final Map<Text, Optional<PublicKey>> parsed = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Text, Optional<PublicKey>> eldest) {
            return size() > MOST;
        }
    };

    private record Text(SigningAlgorithm algorithm, String text) {}

    ParsedKeys(PublicKeys keys) {
        this.keys = keys;
    }

    /** The key in {@code p=}, base64 without white space; empty when there is none of this algorithm. */
    Optional<PublicKey> parse(SigningAlgorithm algorithm, String text) {
        if (text.length() > LONGEST_TEXT) {
            return decode(algorithm, text);
        }
        Text named = new Text(algorithm, text);
        synchronized (parsed) {
            Optional<PublicKey> known = parsed.get(named);
            if (known != null) {
                return known;
            }
        }
        Optional<PublicKey> key = decode(algorithm, text); // Outside the lock: others go on meanwhile.
        synchronized (parsed) {
            parsed.put(named, key);
        }
        return key;
    }

    private Optional<PublicKey> decode(SigningAlgorithm algorithm, String text) {
        try {
            return keys.parse(algorithm, Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Not base64; said by the caller.
        }
    }

    int size() {
        synchronized (parsed) {
            return parsed.size();
        }
    }
}
