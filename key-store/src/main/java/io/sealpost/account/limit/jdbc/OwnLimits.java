package io.sealpost.account.limit.jdbc;

import io.sealpost.account.limit.OwnRates;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.Transactions;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.jdbc.DropByRow;
import io.sealpost.keys.jdbc.FeedCache;
import java.util.Optional;
import java.util.function.LongFunction;

/** Accounts' own limits, from a cache that the change feed keeps true. Thread-safe. */
public final class OwnLimits implements LongFunction<OwnRates> {
    private final Transactions transactions;
    private final FeedCache<Long, OwnRates> known;

    /** {@code feed} drops what changed. */
    public OwnLimits(Transactions transactions, ChangeFeedReader feed, CacheBounds bounds) {
        this.transactions = transactions;
        this.known = new FeedCache<>(bounds, feed::trusted);
        feed.listen(new DropByRow(known, ChangeKind.LIMIT));
    }

    @Override
    public OwnRates apply(long account) {
        return known.find(account, row -> Optional.of(transactions.read(handle -> LimitSql.own(handle, row))))
                .orElseThrow();
    }
}
