package io.sealpost.account.jdbc;

import io.sealpost.account.AppPassword;
import io.sealpost.account.Origin;
import io.sealpost.database.Change;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.ChangeListener;
import io.sealpost.database.Transactions;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.jdbc.FeedCache;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Which devices are known in which block of addresses, kept until the feed tells of a change; that there is none is kept as well, so that
 * a stranger who says MAIL costs the database nothing. Thread-safe.
 */
final class DeviceCaches {
    private final Transactions transactions;
    private final FeedCache<Key, List<AppPassword>> blocks;

    private record Key(String listener, ByteBuffer block) {}

    DeviceCaches(Transactions transactions, ChangeFeedReader feed, CacheBounds bounds) {
        this.transactions = transactions;
        this.blocks = new FeedCache<>(bounds, feed::trusted);
        feed.listen(new Dropping());
    }

    /** The devices whose network the client is in, on this listener. */
    List<AppPassword> at(Origin origin) {
        byte[] block = DeviceBlock.of(origin.client());
        return blocks
                .find(
                        new Key(origin.listener(), ByteBuffer.wrap(block)),
                        key -> Optional.of(transactions.read(
                                handle -> AppPasswordSql.devicesAt(handle, origin.listener(), block))))
                .orElseThrow()
                .stream()
                .filter(each -> each.bounds().permits(origin))
                .toList();
    }

    private final class Dropping implements ChangeListener {
        @Override
        public void changed(Change change) {
            if (change.kind() == ChangeKind.APP_PASSWORD || change.kind() == ChangeKind.ACCOUNT) {
                blocks.dropAll(); // A change names an account, not the networks of its devices.
            }
        }

        @Override
        public void dropAll() {
            blocks.dropAll();
        }
    }
}
