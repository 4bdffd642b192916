package io.sealpost.cli;

import io.sealpost.keys.Comparison;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.ObservedRecords;
import java.util.List;
import java.util.stream.Stream;

/** What an administrator should know of a key that works. */
final class KeyRemarks {
    private KeyRemarks() {}

    static List<String> of(DkimKey key, ObservedRecords observed) {
        Stream<String> weak = key.isWeak()
                ? Stream.of("the key has only " + key.bits()
                        + " bits, which some receivers no longer trust; make one of 2048")
                : Stream.empty();
        Stream<String> published = observed.comparedWith(key).stream()
                .map(Comparison::remarks)
                .flatMap(List::stream)
                .distinct();
        return Stream.concat(weak, published).toList();
    }
}
