package io.sealpost.account.brake.jdbc;

import io.sealpost.account.brake.BrakeReason;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.Transactions;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.jdbc.DropByRow;
import io.sealpost.keys.jdbc.FeedCache;
import java.util.Optional;
import java.util.function.LongFunction;

/** Which accounts are braked, from a cache that the change feed keeps true; gives the reason of a hold. Thread-safe. */
public final class BrakedAccounts implements LongFunction<Optional<String>> {
    private final Transactions transactions;
    private final FeedCache<Long, BrakeSql.State> known;

    /** {@code feed} drops what changed. */
    public BrakedAccounts(Transactions transactions, ChangeFeedReader feed, CacheBounds bounds) {
        this.transactions = transactions;
        this.known = new FeedCache<>(bounds, feed::trusted);
        feed.listen(new DropByRow(known, ChangeKind.LIMIT));
    }

    @Override
    public Optional<String> apply(long account) {
        return known.find(account, row -> Optional.of(transactions.read(handle -> BrakeSql.state(handle, row))))
                .filter(state -> state.braked().isPresent())
                .map(state -> BrakeReason.HELD
                        + state.reason().map(reason -> ": " + reason.sentence()).orElse(""));
    }
}
