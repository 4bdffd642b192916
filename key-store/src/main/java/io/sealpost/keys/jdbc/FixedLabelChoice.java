package io.sealpost.keys.jdbc;

import io.sealpost.keys.DkimKey;
import io.sealpost.keys.FixedLabels;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.jdbc.KeysSql.KeyRow;
import java.util.List;
import java.util.Optional;

/** Which of its fixed labels the next key of an external domain gets: one that is free, or whose key is out of use. */
final class FixedLabelChoice {
    private FixedLabelChoice() {}

    /** A label, on which a key may stand that is out of use and must go. Refused: both are in use, or another selector is wanted. */
    static Outcome<String> choose(List<KeyRow> keys, KeyAlgorithm algorithm, Optional<String> wanted) {
        List<String> labels = FixedLabels.of(algorithm);
        if (wanted.isPresent() && !labels.contains(wanted.get())) {
            return Outcome.refused(
                    Kind.UNFIT,
                    "an external domain has fixed selectors; for this kind of key " + String.join(" and ", labels));
        }
        for (String label : wanted.map(List::of).orElse(labels)) {
            Optional<KeyRow> there = keys.stream()
                    .filter(row -> row.shown().selector().equals(label))
                    .findFirst();
            if (there.isEmpty() || isFree(there.get().shown())) {
                return Outcome.done(label);
            }
        }
        return Outcome.refused(
                Kind.WRONG_STATE,
                "both fixed selectors are in use (" + String.join(", ", labels)
                        + "); the key before must be retired first, with: sealpost dkim retire");
    }

    private static boolean isFree(DkimKey key) {
        return key.state() == KeyState.RETIRED || key.state() == KeyState.FAILED;
    }
}
