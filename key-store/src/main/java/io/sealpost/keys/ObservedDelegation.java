package io.sealpost.keys;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What name servers showed of the records of an external domain.
 *
 * @param records one for the challenge, one for each alias
 */
public record ObservedDelegation(List<Seen> records) {
    /** Whether a record stands. */
    public enum Sight {
        /** It stands, and leads where it must. */
        SEEN,
        /** A server answered that there is none, or another one. */
        MISSING,
        /** No answer that counts: SERVFAIL, a time-out. */
        UNKNOWN
    }

    /**
     * One record.
     *
     * @param record as it must be
     * @param sight whether it stands
     * @param detail what was seen instead, in plain words, printable; empty when it stands
     */
    public record Seen(DnsRecord record, Sight sight, String detail) {
        /** Throws when a part is null. */
        public Seen {
            Objects.requireNonNull(record, "record is null");
            Objects.requireNonNull(sight, "sight is null");
            Objects.requireNonNull(detail, "detail is null");
        }
    }

    /** Copies the list. */
    public ObservedDelegation {
        records = List.copyOf(records);
    }

    /** Whether all of them stand. */
    public boolean isWhole() {
        return !records.isEmpty() && records.stream().allMatch(seen -> seen.sight() == Sight.SEEN);
    }

    /** Of those with these names, the worst: missing, else unknown, else seen. */
    public Sight of(Set<String> names) {
        List<Sight> sights = records.stream()
                .filter(seen -> names.contains(seen.record().name()))
                .map(Seen::sight)
                .toList();
        if (sights.contains(Sight.MISSING)) {
            return Sight.MISSING;
        }
        return sights.size() < names.size() || sights.contains(Sight.UNKNOWN) ? Sight.UNKNOWN : Sight.SEEN;
    }
}
