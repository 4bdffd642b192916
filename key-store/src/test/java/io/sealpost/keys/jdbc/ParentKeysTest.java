package io.sealpost.keys.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Tenant;
import io.sealpost.keys.ActiveKey;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyLookup;
import io.sealpost.keys.KeyLookup.ActiveKeys;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Outcome.Refused;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.mail.MailDomain;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParentKeysTest {
    private static TestStore store;
    private static int domains;

    private TestStore.Node node;
    private JdbcParentKeys parents;
    private MailDomain parent;
    private MailDomain below;
    private DkimKey parentsKey;

    @BeforeAll
    static void open() {
        store = TestStore.create();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @BeforeEach
    void twoDomainsOfWhichTheUpperOneSigns() {
        node = store.node();
        parents = new JdbcParentKeys(new Changes(store.transactions(), store.clock(), "tester@host"));
        parent = held(Tenant.OPERATOR, "d" + ++domains + ".example");
        below = held(Tenant.OPERATOR, "news." + parent);
        parentsKey = active(parent);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static MailDomain held(long tenant, String name) {
        return done(store.keys().addDomain(tenant, MailDomain.parse(name))).name();
    }

    private static DkimKey active(MailDomain domain) {
        DkimKey key = done(store.keys().createKey(domain, NewKey.of(KeyAlgorithm.ED25519)));
        store.keys().activate(key.id(), KeyAdministrationTest.published(key));
        return key;
    }

    /** The ids of the keys that sign, as a node sees it after its feed; empty for none. */
    private List<Long> signing(MailDomain domain) {
        node.feed.read();
        KeyLookup lookup = node.keys.activeFor(Tenant.OPERATOR, domain);
        return lookup instanceof ActiveKeys active
                ? active.keys().stream().map(ActiveKey::id).toList()
                : List.of();
    }

    @Test
    void aDomainBelowSignsWithTheKeysAboveOnlyWhereItsOwnerSaidSo() {
        assertThat(signing(below)).isEmpty();

        done(parents.use(below, parent));

        assertThat(signing(below)).containsExactly(parentsKey.id());
        assertThat(((ActiveKeys) node.keys.activeFor(Tenant.OPERATOR, below))
                        .keys()
                        .get(0)
                        .domain())
                .isEqualTo(parent);
        assertThat(parents.of(below)).contains(parent);
        assertThat(parents.usersOf(parent)).containsExactly(below);
        done(parents.useOwn(below));
        assertThat(signing(below)).isEmpty();
    }

    @Test
    void aKeyOfItsOwnComesFirstAndARotationAboveIsFollowed() {
        done(parents.use(below, parent));
        DkimKey next = active(parent);
        assertThat(signing(below)).containsExactly(next.id());

        DkimKey own = active(below);
        assertThat(signing(below)).containsExactly(own.id());
        done(store.keys().retire(own.id()));
        assertThat(signing(below)).containsExactly(next.id());
        done(store.keys().retire(next.id()));
        assertThat(signing(below)).isEmpty();
    }

    @Test
    void nobodySignsForAnotherTenant() {
        Tenant other = done(store.accounts().addTenant("other of " + parent));
        MailDomain theirs = held(other.id(), "shop." + parent);

        assertThat(kind(parents.use(theirs, parent))).isEqualTo(Kind.NOT_HELD);
        store.transactions()
                .run(handle -> handle.execute(
                        "REPLACE INTO domain_keys_of (domain, parent, since) SELECT d.id, p.id, '2026-01-01' FROM domain d, domain p"
                                + " WHERE d.name = ? AND p.name = ?",
                        theirs.ascii(),
                        parent.ascii()));
        node.feed.read();
        assertThat(node.keys.activeFor(other.id(), theirs)).isInstanceOf(KeyLookup.NoActiveKey.class);
        assertThat(node.keys.activeFor(Tenant.OPERATOR, theirs)).isInstanceOf(KeyLookup.NoActiveKey.class);
    }

    @Test
    void onlyADomainAboveThatHasItsOwnKeysWillDo() {
        MailDomain deeper = held(Tenant.OPERATOR, "a." + below);
        done(parents.use(below, parent));

        assertThat(kind(parents.use(parent, below))).isEqualTo(Kind.UNFIT);
        assertThat(kind(parents.use(below, below))).isEqualTo(Kind.UNFIT);
        assertThat(kind(parents.use(deeper, below))).isEqualTo(Kind.WRONG_STATE);
        assertThat(kind(parents.use(MailDomain.parse("nobodys." + parent), parent)))
                .isEqualTo(Kind.UNKNOWN);
        done(parents.use(deeper, parent));
        assertThat(signing(deeper)).containsExactly(parentsKey.id());
    }

    @Test
    void aDomainWhoseKeysOthersUseIsNotRemoved() {
        done(parents.use(below, parent));
        done(store.keys().retire(parentsKey.id()));

        Outcome<?> refused = store.keys().removeDomain(parent);

        assertThat(kind(refused)).isEqualTo(Kind.WRONG_STATE);
        assertThat(((Refused<?>) refused).problem().sentence()).contains("sealpost domain keys " + below + " --own");
        done(store.keys().removeDomain(below));
        done(store.keys().removeDomain(parent));
    }

    private static Kind kind(Outcome<?> outcome) {
        return ((Refused<?>) outcome).problem().kind();
    }
}
