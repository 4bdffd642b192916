package io.sealpost.keys.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sealpost.keys.CacheBounds;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A bounded cache that the change feed keeps true: what it drops is gone even when it was being read meanwhile, and while the feed
 * is not trusted nothing comes from the cache or goes into it. Thread-safe.
 *
 * @param <K> what is looked up
 * @param <V> what is found
 */
public final class FeedCache<K, V> {
    private final Cache<K, V> cache;
    private final BooleanSupplier trusted;
    private final AtomicLong drops = new AtomicLong();

    /** An empty cache; {@code trusted} tells whether the feed is read. */
    public FeedCache(CacheBounds bounds, BooleanSupplier trusted) {
        this.cache = Caffeine.newBuilder()
                .maximumSize(bounds.entries())
                .expireAfterWrite(bounds.life())
                .executor(Runnable::run)
                .build();
        this.trusted = trusted;
    }

    /** What is known of the key, or what {@code load} finds; that nothing was found is not kept. */
    public Optional<V> find(K key, Function<K, Optional<V>> load) {
        if (!trusted.getAsBoolean()) {
            return load.apply(key);
        }
        V known = cache.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        long before = drops.get();
        Optional<V> loaded = load.apply(key);
        loaded.ifPresent(value -> cache.put(key, value));
        if (drops.get() != before) {
            cache.invalidate(key); // Something was dropped while we read; it may have been this.
        }
        return loaded;
    }

    /** Forgets what is known of the key. */
    public void drop(K key) {
        drops.incrementAndGet();
        cache.invalidate(key);
    }

    /** Forgets everything. */
    public void dropAll() {
        drops.incrementAndGet();
        cache.invalidateAll();
    }
}
