package io.sealpost.relay.bounce;

import io.sealpost.mail.EmailAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a letter of our own says to whom.
 *
 * @param name of its text, as {@code braked}
 * @param to whom
 * @param language a tag of RFC 5646; empty: English
 * @param values what is put in, by name: texts, escaped where they are of others
 * @param words what is put in as words of the language: a key of {@code words.properties} and its numbers
 */
public record Letter(
        String name,
        EmailAddress to,
        Optional<String> language,
        Map<String, String> values,
        Map<String, Phrase> words) {
    /** Copies the maps. */
    public Letter {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(to, "to is null");
        values = Map.copyOf(values);
        words = Map.copyOf(words);
    }

    /**
     * A phrase of each language.
     *
     * @param key as {@code reason.burst}
     * @param numbers put into it
     */
    public record Phrase(String key, List<Long> numbers) {
        /** Copies the numbers. */
        public Phrase {
            numbers = List.copyOf(numbers);
        }
    }
}
