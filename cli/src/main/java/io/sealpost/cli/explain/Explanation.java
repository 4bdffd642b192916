package io.sealpost.cli.explain;

import java.util.List;
import java.util.Objects;

/**
 * All that is known of one subject.
 *
 * @param subject what it is about
 * @param holder who holds the domain of From, in words
 * @param keys the keys that sign for it, or might
 * @param signatures those of the message, from the top down; empty where there is no message, or it is unsigned
 * @param answer the whole in a sentence or two
 */
public record Explanation(
        Subject subject, String holder, List<KeyFinding> keys, List<SignatureFinding> signatures, String answer) {
    /** Copies the lists. */
    public Explanation {
        Objects.requireNonNull(subject, "subject is null");
        Objects.requireNonNull(holder, "holder is null");
        keys = List.copyOf(keys);
        signatures = List.copyOf(signatures);
        Objects.requireNonNull(answer, "answer is null");
    }

    /** Whether nothing is wrong: the message's signatures count, or mail from there is signed. */
    public boolean isWell() {
        return subject.message().isPresent()
                ? signatures.stream().anyMatch(SignatureFinding::counts)
                : keys.stream().anyMatch(KeyFinding::signs);
    }
}
