package io.sealpost.keys.jdbc;

import io.sealpost.database.Change;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.ChangeListener;
import io.sealpost.database.MigrationSet;
import io.sealpost.database.Transactions;
import io.sealpost.keys.ActiveKey;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyLookup;
import io.sealpost.keys.KeyLookup.ActiveKeys;
import io.sealpost.keys.KeyLookup.Cause;
import io.sealpost.keys.KeyLookup.NoActiveKey;
import io.sealpost.keys.KeyParser;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.Keys;
import io.sealpost.keys.Sealing;
import io.sealpost.keys.jdbc.KeysSql.KeyRow;
import io.sealpost.mail.MailDomain;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The keys for the signing path, opened once and kept until the feed tells of a change. Thread-safe. */
public final class JdbcKeys implements Keys {
    /** The tables of this package; they refer to those of the accounts, which come before. */
    public static final MigrationSet MIGRATIONS = new MigrationSet("keys", "io/sealpost/keys/jdbc/migrations", 10, 2);

    /** Not where the domain is somebody else's, or may not be signed for at all. */
    private static final Set<Cause> OWN_KEY_MISSING = EnumSet.of(Cause.NO_KEY, Cause.ONLY_PENDING, Cause.ONLY_RETIRED);

    private final Transactions transactions;
    private final Sealing sealing;
    private final KeyParser parser;
    private final FeedCache<MailDomain, DomainKeys> domains;
    private final FeedCache<Long, MailDomain> domainsOfKeys;
    private final FeedCache<MailDomain, Above> above;

    /** Answers from these transactions; {@code feed} drops what changed. */
    public JdbcKeys(
            Transactions transactions, Sealing sealing, KeyParser parser, ChangeFeedReader feed, CacheBounds bounds) {
        this.transactions = transactions;
        this.sealing = sealing;
        this.parser = parser;
        this.domains = new FeedCache<>(bounds, feed::trusted);
        this.domainsOfKeys = new FeedCache<>(bounds, feed::trusted);
        this.above = new FeedCache<>(bounds, feed::trusted);
        feed.listen(new Dropping());
    }

    /** Of a domain that is held: who holds it, what signs for it, and whose signatures may be out. */
    private record DomainKeys(long tenant, KeyLookup signing, Set<Long> published) {}

    /** The domain whose keys sign where there is no own one; that there is none is kept, too. */
    private record Above(Optional<MailDomain> domain) {}

    @Override
    public KeyLookup activeFor(long tenant, MailDomain domain) {
        KeyLookup own = own(tenant, domain);
        if (own instanceof NoActiveKey none && OWN_KEY_MISSING.contains(none.cause())) {
            return above.find(domain, name -> Optional.of(loadAbove(name)))
                    .flatMap(Above::domain)
                    .map(parent -> own(tenant, parent))
                    .orElse(own);
        }
        return own;
    }

    private Above loadAbove(MailDomain domain) {
        return new Above(transactions.read(handle -> ParentKeysSql.of(handle, domain)));
    }

    private KeyLookup own(long tenant, MailDomain domain) {
        return domains.find(domain, this::load)
                .filter(found -> found.tenant() == tenant)
                .map(DomainKeys::signing)
                .orElseGet(() -> new NoActiveKey(unheld(tenant, domain)));
    }

    private Cause unheld(long tenant, MailDomain domain) {
        boolean claimed = transactions
                .read(handle -> ExternalSql.claimOf(handle, tenant, domain))
                .isPresent();
        return claimed ? Cause.NOT_PROVEN : Cause.UNKNOWN_DOMAIN;
    }

    @Override
    public boolean allPublished(List<Long> keyIds) {
        return keyIds.stream().allMatch(this::published);
    }

    private boolean published(long key) {
        return domainsOfKeys
                .find(
                        key,
                        id -> transactions.read(
                                handle -> KeysSql.domainOfKey(handle, id).map(MailDomain::new)))
                .flatMap(domain -> domains.find(domain, this::load))
                .filter(found -> found.published().contains(key))
                .isPresent();
    }

    private Optional<DomainKeys> load(MailDomain domain) {
        record Rows(long tenant, boolean lapsed, List<KeyRow> keys) {}
        // Read first, open afterwards: a connection is not for waiting on arithmetic.
        Optional<Rows> rows = transactions.read((Handle handle) -> KeysSql.domain(handle, domain)
                .map(held -> new Rows(
                        held.tenant(),
                        ExternalSql.one(handle, held.id())
                                .flatMap(ExternalSql.ExternalRow::lapsed)
                                .isPresent(),
                        KeysSql.keys(handle, domain))));
        return rows.map(found -> new DomainKeys(
                found.tenant(),
                found.lapsed() ? new NoActiveKey(Cause.DELEGATION_GONE) : signing(found.keys()),
                ids(found.keys(), key -> key.state().published() && !found.lapsed())));
    }

    private KeyLookup signing(List<KeyRow> rows) {
        List<ActiveKey> active = rows.stream()
                .filter(row -> row.shown().state() == KeyState.ACTIVE)
                .sorted(Comparator.comparing(row -> row.shown().algorithm())) // RSA first
                .map(this::open)
                .toList();
        if (!active.isEmpty()) {
            return new ActiveKeys(active);
        }
        if (rows.isEmpty()) {
            return new NoActiveKey(Cause.NO_KEY);
        }
        boolean pending = !ids(rows, key -> key.state() == KeyState.PENDING).isEmpty();
        return new NoActiveKey(pending ? Cause.ONLY_PENDING : Cause.ONLY_RETIRED);
    }

    private ActiveKey open(KeyRow row) {
        DkimKey key = row.shown();
        byte[] pkcs8 = sealing.open(row.sealed(), row.place());
        try {
            return new ActiveKey(
                    key.id(), key.domain(), key.selector(), key.algorithm(), parser.parse(key.algorithm(), pkcs8));
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static Set<Long> ids(List<KeyRow> rows, Predicate<DkimKey> which) {
        return rows.stream().map(KeyRow::shown).filter(which).map(DkimKey::id).collect(Collectors.toUnmodifiableSet());
    }

    private final class Dropping implements ChangeListener {
        @Override
        public void changed(Change change) {
            if (change.kind() == ChangeKind.KEY || change.kind() == ChangeKind.DOMAIN) {
                MailDomain.tryParse(change.subject()).ifPresentOrElse(domains::drop, domains::dropAll);
                above.dropAll(); // Seldom, and a domain that goes may be above many.
            }
        }

        @Override
        public void dropAll() {
            domains.dropAll();
            domainsOfKeys.dropAll();
            above.dropAll();
        }
    }
}
