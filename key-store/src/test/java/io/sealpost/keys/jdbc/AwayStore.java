package io.sealpost.keys.jdbc;

import io.sealpost.account.TestHashers;
import io.sealpost.account.jdbc.JdbcAccounts;
import io.sealpost.account.jdbc.LoginUses;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.Database;
import io.sealpost.fixtures.CutProxy;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.Sealing;
import java.time.Duration;

/** A node of a {@link TestStore} that can be cut off from its database; it trusts its feed for ever. */
public final class AwayStore implements AutoCloseable {
    private final CutProxy proxy;
    private final Database database;
    private final ChangeFeedReader feed;
    private final JdbcKeys keys;
    private final LoginUses uses;
    private final JdbcAccounts accounts;

    public AwayStore(TestStore store) {
        this.proxy = CutProxy.to(store.database().server().address());
        this.database = Database.open(store.database().settingsVia(proxy));
        this.feed = new ChangeFeedReader(database.transactions(), store.clock(), () -> 0);
        this.keys = new JdbcKeys(
                database.transactions(), new Sealing(store.dataKeys()), TestStore.PARSER, feed, CacheBounds.DEFAULT);
        this.uses = new LoginUses(database.transactions(), store.clock(), Duration.ofMinutes(1));
        this.accounts = new JdbcAccounts(
                database.transactions(),
                store.dataKeys(),
                TestHashers.cheap(),
                feed,
                CacheBounds.DEFAULT,
                store.clock(),
                uses);
        feed.read();
    }

    public JdbcKeys keys() {
        return keys;
    }

    public JdbcAccounts accounts() {
        return accounts;
    }

    public LoginUses uses() {
        return uses;
    }

    public void reopen() {
        proxy.reopen();
    }

    public void cut() {
        proxy.cut();
    }

    @Override
    public void close() {
        feed.close();
        database.close();
        proxy.close();
    }
}
