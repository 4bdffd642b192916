package io.sealpost.keys.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.keys.CacheBounds;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FeedCacheTest {
    private final AtomicBoolean trusted = new AtomicBoolean(true);
    private final AtomicInteger loads = new AtomicInteger();
    private final FeedCache<String, Integer> cache = new FeedCache<>(CacheBounds.DEFAULT, trusted::get);

    private Optional<Integer> load(String key) {
        return Optional.of(loads.incrementAndGet());
    }

    @Test
    void keepsWhatWasFound() {
        assertThat(cache.find("a", this::load)).contains(1);
        assertThat(cache.find("a", this::load)).contains(1);
    }

    @Test
    void doesNotKeepThatNothingWasFound() {
        assertThat(cache.find("a", key -> Optional.empty())).isEmpty();
        assertThat(cache.find("a", this::load)).contains(1);
    }

    @Test
    void forgetsWhatWasDropped() {
        cache.find("a", this::load);
        cache.drop("a");
        assertThat(cache.find("a", this::load)).contains(2);
        cache.dropAll();
        assertThat(cache.find("a", this::load)).contains(3);
    }

    @Test
    void doesNotKeepWhatWasDroppedWhileItWasRead() {
        cache.find("a", key -> {
            cache.drop("a");
            return Optional.of(-1);
        });
        cache.find("b", key -> {
            cache.dropAll();
            return Optional.of(-1);
        });

        assertThat(cache.find("a", this::load)).contains(1);
        assertThat(cache.find("b", this::load)).contains(2);
    }

    @Test
    void isPassedByWhileTheFeedIsNotTrusted() {
        cache.find("a", this::load);
        trusted.set(false);
        assertThat(cache.find("a", this::load)).contains(2);
        assertThat(cache.find("a", this::load)).contains(3);
        trusted.set(true);
        assertThat(cache.find("a", this::load)).contains(1);
    }
}
