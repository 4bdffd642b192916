package io.sealpost.keys.jdbc;

import io.sealpost.database.Change;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.ChangeListener;

/**
 * Drops from a cache of rows what the change feed names. Thread-safe.
 *
 * @param cache by the id of the row
 * @param kind of the changes whose subject is that id; others are nothing to the cache
 */
public record DropByRow(FeedCache<Long, ?> cache, ChangeKind kind) implements ChangeListener {
    @Override
    public void changed(Change change) {
        if (change.kind() != kind) {
            return;
        }
        try {
            cache.drop(Long.parseLong(change.subject()));
        } catch (NumberFormatException ofAnotherRelease) {
            cache.dropAll();
        }
    }

    @Override
    public void dropAll() {
        cache.dropAll();
    }
}
