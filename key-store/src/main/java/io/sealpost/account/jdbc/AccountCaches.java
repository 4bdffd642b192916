package io.sealpost.account.jdbc;

import io.sealpost.database.Change;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.ChangeListener;
import io.sealpost.database.Transactions;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.jdbc.FeedCache;
import io.sealpost.mail.MailDomain;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What logins and permissions look up, kept until the feed tells of a change. Thread-safe.
 *
 * <p>A change names an account, so accounts are kept by id. What hangs on an account (its app passwords) is kept with the reading of
 * the account beside which it was found, and counts only while that reading does: dropping the account drops it all.
 */
final class AccountCaches {
    private final Transactions transactions;
    private final FeedCache<String, Long> ids;
    private final FeedCache<Long, AccountEntry> accounts;
    private final FeedCache<MacKey, Credential> byMac;
    private final FeedCache<Long, Credential> byId;
    private final FeedCache<MailDomain, Long> holders;

    private record MacKey(long account, ByteBuffer mac) {}

    private record Credential(long id, AccountEntry foundBeside) {}

    AccountCaches(Transactions transactions, ChangeFeedReader feed, CacheBounds bounds) {
        this.transactions = transactions;
        this.ids = new FeedCache<>(bounds, feed::trusted);
        this.accounts = new FeedCache<>(bounds, feed::trusted);
        this.byMac = new FeedCache<>(bounds, feed::trusted);
        this.byId = new FeedCache<>(bounds, feed::trusted);
        this.holders = new FeedCache<>(bounds, feed::trusted);
        feed.listen(new Dropping());
    }

    Optional<AccountEntry> byAddress(String folded) {
        Optional<Long> id = ids.find(folded, this::loadId);
        Optional<AccountEntry> found = id.flatMap(this::byId);
        if (id.isPresent() && found.isEmpty()) {
            ids.drop(folded); // Removed; perhaps added again since, under another id.
            return ids.find(folded, this::loadId).flatMap(this::byId);
        }
        return found;
    }

    private Optional<Long> loadId(String folded) {
        return transactions.read(handle -> AccountSql.accountId(handle, folded));
    }

    Optional<AccountEntry> byId(long id) {
        return accounts.find(id, this::load);
    }

    private Optional<AccountEntry> load(long id) {
        return transactions.read(handle ->
                AccountSql.login(handle, id).map(row -> new AccountEntry(row, AccountSql.senders(handle, id))));
    }

    /** The app password of this account with this code; empty when there is none. */
    OptionalLong credential(AccountEntry account, byte[] mac) {
        MacKey key = new MacKey(account.id(), ByteBuffer.wrap(mac));
        Optional<Credential> found = byMac.find(key, wanted -> loadCredential(account, mac));
        if (found.isPresent() && found.get().foundBeside() != account) {
            byMac.drop(key);
            found = byMac.find(key, wanted -> loadCredential(account, mac));
        }
        return found.map(credential -> OptionalLong.of(credential.id())).orElseGet(OptionalLong::empty);
    }

    /** The same look-up without a cache. */
    OptionalLong inDatabase(long account, byte[] mac) {
        return transactions
                .read(handle -> AccountSql.appPasswordByMac(handle, account, mac))
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    private Optional<Credential> loadCredential(AccountEntry account, byte[] mac) {
        OptionalLong id = inDatabase(account.id(), mac);
        return id.isPresent() ? Optional.of(new Credential(id.getAsLong(), account)) : Optional.empty();
    }

    /** Whether the account still has this app password. */
    boolean stands(AccountEntry account, long credential) {
        Optional<Credential> found = byId.find(credential, id -> reload(account, id));
        if (found.isPresent() && found.get().foundBeside() != account) {
            byId.drop(credential);
            found = byId.find(credential, id -> reload(account, id));
        }
        return found.isPresent();
    }

    private Optional<Credential> reload(AccountEntry account, long id) {
        return transactions
                .read(handle -> AccountSql.appPassword(handle, account.id(), id))
                .map(row -> new Credential(row.id(), account));
    }

    /** The tenant that holds the domain; empty when nobody does. */
    /** Whether the tenant has claimed the domain; asked afresh. */
    boolean claims(long tenant, MailDomain domain) {
        return transactions.read(handle -> AccountSql.claims(handle, tenant, domain));
    }

    Optional<Long> holder(MailDomain domain) {
        return holders.find(domain, name -> transactions.read(handle -> AccountSql.holder(handle, name)));
    }

    private final class Dropping implements ChangeListener {
        @Override
        public void changed(Change change) {
            switch (change.kind()) {
                case TENANT -> accounts.dropAll();
                case ACCOUNT, APP_PASSWORD, SENDER -> dropAccount(change.subject());
                case DOMAIN -> MailDomain.tryParse(change.subject()).ifPresentOrElse(holders::drop, holders::dropAll);
                default -> {} // Nothing that is kept here.
            }
        }

        private void dropAccount(String id) {
            try {
                accounts.drop(Long.parseLong(id));
            } catch (NumberFormatException e) {
                accounts.dropAll();
            }
        }

        @Override
        public void dropAll() {
            ids.dropAll();
            accounts.dropAll();
            byMac.dropAll();
            byId.dropAll();
            holders.dropAll();
        }
    }
}
