package io.sealpost.keys.jdbc;

import io.sealpost.account.AccountAdministration;
import io.sealpost.account.AccountImport;
import io.sealpost.account.AppPasswordAdministration;
import io.sealpost.account.DeviceAdministration;
import io.sealpost.account.LoginHistory;
import io.sealpost.account.PasswordHasher;
import io.sealpost.account.Profiles;
import io.sealpost.account.TestHashers;
import io.sealpost.account.jdbc.JdbcAccountAdministration;
import io.sealpost.account.jdbc.JdbcAccountImport;
import io.sealpost.account.jdbc.JdbcAccounts;
import io.sealpost.account.jdbc.JdbcAppPasswordAdministration;
import io.sealpost.account.jdbc.JdbcDeviceAdministration;
import io.sealpost.account.jdbc.JdbcLoginHistory;
import io.sealpost.account.jdbc.JdbcProfiles;
import io.sealpost.account.jdbc.LoginUses;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.Transactions;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.DataKeys;
import io.sealpost.keys.KeyAdministration;
import io.sealpost.keys.KeyParser;
import io.sealpost.keys.MasterKey;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Sealing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The whole key store on a schema of its own, as a command sees it; {@link Node} is one relay node beside it. */
public final class TestStore implements AutoCloseable {
    /** Parses by the JDK. */
    public static final KeyParser PARSER = (algorithm, pkcs8) -> {
        try {
            return KeyFactory.getInstance(algorithm.name()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    };

    private final TestDatabase database = TestDatabase.open(JdbcAccounts.MIGRATIONS, JdbcKeys.MIGRATIONS);
    private final MasterKey masterKey;
    private final DataKeys dataKeys;

    private TestStore() {
        this.masterKey = newMasterKey();
        this.dataKeys = done(new JdbcDataKeys(transactions(), clock()).open(masterKey));
    }

    /** A fresh schema with all tables. */
    public static TestStore create() {
        return new TestStore();
    }

    /** A master key that is in no file. */
    public static MasterKey newMasterKey() {
        try {
            Path folder = Files.createTempDirectory("master-key");
            MasterKey made = done(MasterKey.create(folder.resolve("key")));
            Files.delete(folder.resolve("key"));
            Files.delete(folder);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of an outcome that must be done. */
    public static <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new AssertionError(outcome);
    }

    /** One relay node: a feed that is read by hand, under a ticker that is moved by hand, and the caches that it keeps. */
    public final class Node implements AutoCloseable {
        public final AtomicLong ticker = new AtomicLong();
        public final ChangeFeedReader feed = new ChangeFeedReader(transactions(), clock(), ticker::get);
        public final JdbcKeys keys =
                new JdbcKeys(transactions(), new Sealing(dataKeys), PARSER, feed, CacheBounds.DEFAULT);
        /** Written by hand. */
        public final LoginUses uses;

        public final JdbcAccounts accounts;

        private Node(PasswordHasher hasher, Clock clock) {
            uses = new LoginUses(transactions(), clock, Duration.ofMinutes(1));
            accounts = new JdbcAccounts(transactions(), dataKeys, hasher, feed, CacheBounds.DEFAULT, clock, uses);
            feed.read();
        }

        @Override
        public void close() {
            feed.close();
        }
    }

    public Node node() {
        return new Node(TestHashers.cheap(), clock());
    }

    public Node node(PasswordHasher hasher) {
        return new Node(hasher, clock());
    }

    /** One whose logins are told the time by this clock. */
    public Node node(PasswordHasher hasher, Clock clock) {
        return new Node(hasher, clock);
    }

    public AccountAdministration accounts() {
        return new JdbcAccountAdministration(changes(), TestHashers.cheap());
    }

    public AppPasswordAdministration appPasswords() {
        return new JdbcAppPasswordAdministration(changes(), dataKeys);
    }

    public AccountImport accountImport() {
        return new JdbcAccountImport(changes());
    }

    public Profiles profiles() {
        return new JdbcProfiles(changes());
    }

    public DeviceAdministration devices() {
        return new JdbcDeviceAdministration(changes());
    }

    public LoginHistory logins() {
        return new JdbcLoginHistory(changes());
    }

    public KeyAdministration keys() {
        return new JdbcKeyAdministration(changes(), new Sealing(dataKeys));
    }

    private Changes changes() {
        return new Changes(transactions(), clock(), "tester@host");
    }

    public Transactions transactions() {
        return database.transactions();
    }

    public Clock clock() {
        return database.database().clock();
    }

    TestDatabase database() {
        return database;
    }

    public MasterKey masterKey() {
        return masterKey;
    }

    public DataKeys dataKeys() {
        return dataKeys;
    }

    /** The single number that a statement finds. */
    public long count(String sql, Object... values) {
        return transactions()
                .read(handle -> handle.select(sql, values).mapTo(Long.class).one());
    }

    @Override
    public void close() {
        database.close();
    }
}
