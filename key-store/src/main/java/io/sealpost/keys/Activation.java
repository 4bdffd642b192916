package io.sealpost.keys;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How an activation ended. */
public sealed interface Activation {
    /**
     * The key signs from now on; also when it did before.
     *
     * @param key the key, active
     * @param replaced the key of the same algorithm that was active until now, retiring
     */
    record Activated(DkimKey key, Optional<DkimKey> replaced) implements Activation {
        /** Throws when a part is null. */
        public Activated {
            Objects.requireNonNull(key, "key is null");
            Objects.requireNonNull(replaced, "replaced is null");
        }
    }

    /**
     * The key's record does not stand everywhere; nothing was changed.
     *
     * @param key the key, as it is
     * @param reasons one plain sentence a server
     */
    record NotSeen(DkimKey key, List<String> reasons) implements Activation {
        /** Throws when a part is null. */
        public NotSeen {
            Objects.requireNonNull(key, "key is null");
            reasons = List.copyOf(reasons);
        }
    }

    /** There is no such key, or it cannot become active any more. */
    record Refused(Problem problem) implements Activation {}
}
