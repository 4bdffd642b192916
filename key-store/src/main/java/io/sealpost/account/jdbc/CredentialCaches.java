package io.sealpost.account.jdbc;

import io.sealpost.account.AppPassword;
import io.sealpost.database.Change;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.ChangeListener;
import io.sealpost.database.Transactions;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.jdbc.FeedCache;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;

/**
 * The app passwords of accounts, kept until the feed tells of a change. Thread-safe.
 *
 * <p>A change names an account, not its app passwords. Each is kept with the reading of the account beside which it was found, and counts
 * only while that reading does: dropping the account drops it all.
 */
final class CredentialCaches {
    private final Transactions transactions;
    private final FeedCache<MacKey, Found> byMac;
    private final FeedCache<Long, Found> byId;

    private record MacKey(long account, ByteBuffer mac) {}

    private record Found(AppPassword password, AccountEntry beside) {}

    CredentialCaches(Transactions transactions, ChangeFeedReader feed, CacheBounds bounds) {
        this.transactions = transactions;
        this.byMac = new FeedCache<>(bounds, feed::trusted);
        this.byId = new FeedCache<>(bounds, feed::trusted);
        feed.listen(new Dropping());
    }

    /** The app password of this account with this code; empty when there is none. */
    Optional<AppPassword> byMac(AccountEntry account, byte[] mac) {
        MacKey key = new MacKey(account.id(), ByteBuffer.wrap(mac));
        return find(byMac, key, account, wanted -> inDatabase(account.id(), mac));
    }

    /** The same look-up without a cache. */
    Optional<AppPassword> inDatabase(long account, byte[] mac) {
        return transactions.read(handle -> AppPasswordSql.byMac(handle, account, mac));
    }

    /** The same by its row. */
    Optional<AppPassword> inDatabase(long account, long id) {
        return transactions.read(handle -> AppPasswordSql.find(handle, account, id));
    }

    /** The app password of this account in this row; empty when there is none. */
    Optional<AppPassword> byId(AccountEntry account, long id) {
        return find(byId, id, account, wanted -> inDatabase(account.id(), id));
    }

    private static <K> Optional<AppPassword> find(
            FeedCache<K, Found> cache, K key, AccountEntry account, Function<K, Optional<AppPassword>> load) {
        Function<K, Optional<Found>> loading = wanted -> load.apply(wanted).map(row -> new Found(row, account));
        Optional<Found> found = cache.find(key, loading);
        if (found.isPresent() && found.get().beside() != account) {
            cache.drop(key);
            found = cache.find(key, loading);
        }
        return found.map(Found::password);
    }

    private final class Dropping implements ChangeListener {
        @Override
        public void changed(Change change) {
            // What was found beside a reading that was dropped counts no more.
        }

        @Override
        public void dropAll() {
            byMac.dropAll();
            byId.dropAll();
        }
    }
}
