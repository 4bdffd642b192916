package io.sealpost.keys;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The data keys of this database, unwrapped. Thread-safe. */
public final class DataKeys {
    private final List<DataKey> keys;

    /** Holds the keys; of a purpose with several the one with the lowest id is used for new things. */
    public DataKeys(Collection<DataKey> keys) {
        this.keys = keys.stream().sorted(Comparator.comparingLong(DataKey::id)).toList();
    }

    /** The key for new things of this purpose; throws IllegalStateException when there is none. */
    public DataKey of(KeyPurpose purpose) {
        return keys.stream()
                .filter(key -> key.purpose() == purpose)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no data key for " + purpose.stored()));
    }

    /** The key of this row and purpose; throws {@link SealBroken} when there is none. */
    DataKey of(KeyPurpose purpose, long id) {
        return keys.stream()
                .filter(key -> key.purpose() == purpose && key.id() == id)
                .findFirst()
                .orElseThrow(() -> new SealBroken("it names data key " + id + ", which is not there"));
    }
}
