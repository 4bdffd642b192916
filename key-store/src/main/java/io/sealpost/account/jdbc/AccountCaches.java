package io.sealpost.account.jdbc;

import io.sealpost.database.Change;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.ChangeListener;
import io.sealpost.database.Transactions;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.jdbc.FeedCache;
import io.sealpost.mail.MailDomain;
import java.util.Optional;

/**
 * What logins and permissions look up, kept until the feed tells of a change. Thread-safe.
 *
 * <p>A change names an account, so accounts are kept by id; what hangs on one is in {@link CredentialCaches}.
 */
final class AccountCaches {
    private final Transactions transactions;
    private final FeedCache<String, Long> ids;
    private final FeedCache<Long, AccountEntry> accounts;
    private final FeedCache<MailDomain, Long> holders;

    AccountCaches(Transactions transactions, ChangeFeedReader feed, CacheBounds bounds) {
        this.transactions = transactions;
        this.ids = new FeedCache<>(bounds, feed::trusted);
        this.accounts = new FeedCache<>(bounds, feed::trusted);
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

    /** What was read of the account is old. */
    void forget(long id) {
        accounts.drop(id);
    }

    private Optional<AccountEntry> load(long id) {
        return transactions.read(handle ->
                AccountSql.login(handle, id).map(row -> new AccountEntry(row, AccountSql.senders(handle, id))));
    }

    /** Whether the tenant has claimed the domain; asked afresh. */
    boolean claims(long tenant, MailDomain domain) {
        return transactions.read(handle -> AccountSql.claims(handle, tenant, domain));
    }

    /** The tenant that holds the domain; empty when nobody does. */
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
            holders.dropAll();
        }
    }
}
