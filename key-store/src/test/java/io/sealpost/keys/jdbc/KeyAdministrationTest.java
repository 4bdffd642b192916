package io.sealpost.keys.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.account.Tenant;
import io.sealpost.database.SqlTrouble;
import io.sealpost.keys.Activation;
import io.sealpost.keys.Activation.Activated;
import io.sealpost.keys.Activation.NotSeen;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.KeyAdministration;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.Observation;
import io.sealpost.keys.Observation.Missing;
import io.sealpost.keys.Observation.NoRecord;
import io.sealpost.keys.Observation.Records;
import io.sealpost.keys.Observation.Role;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Outcome.Refused;
import io.sealpost.keys.Problem;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeyAdministrationTest {
    private static final NewKey ED25519 = NewKey.of(KeyAlgorithm.ED25519);
    private static TestStore store;
    private static int domains;

    private final KeyAdministration keys = store.keys();

    @BeforeAll
    static void open() {
        store = TestStore.create();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static MailDomain freshName() {
        return MailDomain.parse("d" + ++domains + ".example");
    }

    private MailDomain freshDomain() {
        return done(keys.addDomain(Tenant.OPERATOR, freshName())).name();
    }

    static ObservedRecords published(DkimKey key) {
        Records records = new Records(List.of(key.dnsRecord().value()));
        return new ObservedRecords(List.of(new Observation("resolver", Role.RESOLVER, records)));
    }

    private static Problem refused(Outcome<?> outcome) {
        return ((Refused<?>) outcome).problem();
    }

    private KeyState state(DkimKey key) {
        return keys.keys(key.domain()).stream()
                .filter(one -> one.id() == key.id())
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void aDomainIsHeldByOneTenantOnly() {
        MailDomain name = freshName();
        Tenant other = done(store.accounts().addTenant("other of " + name));
        HeldDomain added = done(keys.addDomain(Tenant.OPERATOR, name));

        assertThat(keys.domain(name)).contains(added);
        assertThat(keys.domains()).contains(added);
        assertThat(refused(keys.addDomain(other.id(), name)).kind()).isEqualTo(Kind.ALREADY_THERE);
        assertThat(refused(keys.addDomain(Tenant.OPERATOR, name)).kind()).isEqualTo(Kind.ALREADY_THERE);
        assertThat(refused(keys.addDomain(9_999, freshName())).kind()).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void aRemovedDomainCanBeHeldByAnother() {
        MailDomain name = freshDomain();
        DkimKey key = done(keys.createKey(name, ED25519));
        Tenant other = done(store.accounts().addTenant("heir of " + name));

        done(keys.removeDomain(name));

        assertThat(keys.domain(name)).isEmpty();
        assertThat(keys.keys(name)).isEmpty();
        assertThat(store.count("SELECT COUNT(*) FROM dkim_key WHERE id = ?", key.id()))
                .isZero();
        assertThat(done(keys.addDomain(other.id(), name)).tenant()).isEqualTo(other.id());
        assertThat(refused(keys.removeDomain(freshName())).kind()).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void aDomainWithAnActiveKeyIsNotRemoved() {
        MailDomain name = freshDomain();
        DkimKey key = done(keys.createKey(name, ED25519));
        keys.activate(key.id(), published(key));

        assertThat(refused(keys.removeDomain(name)).kind()).isEqualTo(Kind.WRONG_STATE);
        done(keys.retire(key.id()));
        done(keys.removeDomain(name));
    }

    @Test
    void newKeysArePendingWithDatedSelectors() {
        MailDomain name = freshDomain();

        DkimKey rsa = done(keys.createKey(name, NewKey.of(KeyAlgorithm.RSA)));
        DkimKey ed = done(keys.createKey(name, ED25519));
        DkimKey second = done(keys.createKey(name, ED25519));

        assertThat(rsa.selector()).matches("s20\\d{6}r");
        assertThat(rsa.bits()).isEqualTo(2048);
        assertThat(ed.selector()).matches("s20\\d{6}e");
        assertThat(second.selector()).isEqualTo(ed.selector() + "2");
        assertThat(keys.keys(name)).containsExactly(rsa, ed, second).allMatch(key -> key.state() == KeyState.PENDING);
    }

    @Test
    void aKeyNeedsADomainAFreeSelectorAndASize() {
        MailDomain name = freshDomain();
        done(keys.createKey(name, ED25519.withSelector("Mine")));

        assertThat(refused(keys.createKey(freshName(), ED25519)).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(refused(keys.createKey(name, ED25519.withSelector("mine"))).kind())
                .isEqualTo(Kind.ALREADY_THERE);
        assertThat(refused(keys.createKey(name, ED25519.withSelector("a b"))).kind())
                .isEqualTo(Kind.UNFIT);
        assertThat(refused(keys.createKey(name, NewKey.of(KeyAlgorithm.RSA).withBits(512)))
                        .kind())
                .isEqualTo(Kind.UNFIT);
        assertThat(refused(keys.importKey(name, "s1", new Secret("no key"))).kind())
                .isEqualTo(Kind.UNFIT);
    }

    @Test
    void aKeySignsOnlyAfterItsRecordWasSeen() {
        DkimKey key = done(keys.createKey(freshDomain(), ED25519));
        Observation nothing = new Observation("192.0.2.53", Role.RESOLVER, new NoRecord(Missing.NAME, Duration.ZERO));

        Activation first = keys.activate(key.id(), new ObservedRecords(List.of(nothing)));

        assertThat(first)
                .isInstanceOfSatisfying(
                        NotSeen.class,
                        seen -> assertThat(seen.reasons())
                                .containsExactly("192.0.2.53: there is no TXT record at " + key.recordName()
                                        + ": no such name (NXDOMAIN)"));
        assertThat(state(key)).isEqualTo(KeyState.PENDING);
        assertThat(keys.activate(key.id(), published(key))).isInstanceOf(Activated.class);
        assertThat(state(key)).isEqualTo(KeyState.ACTIVE);
    }

    @Test
    void activatingAgainIsNoHarm() {
        DkimKey key = done(keys.createKey(freshDomain(), ED25519));
        keys.activate(key.id(), published(key));

        assertThat(keys.activate(key.id(), published(key)))
                .isInstanceOfSatisfying(
                        Activated.class, done -> assertThat(done.replaced()).isEmpty());
    }

    @Test
    void theKeyBeforeRetiresButNotThatOfTheOtherAlgorithm() {
        MailDomain name = freshDomain();
        DkimKey rsa = done(keys.createKey(name, NewKey.of(KeyAlgorithm.RSA).withBits(1024)));
        DkimKey before = done(keys.createKey(name, ED25519));
        DkimKey next = done(keys.createKey(name, ED25519));
        Stream.of(rsa, before).forEach(key -> keys.activate(key.id(), published(key)));

        Activation activation = keys.activate(next.id(), published(next));

        assertThat(activation).isInstanceOfSatisfying(Activated.class, done -> {
            assertThat(done.key().state()).isEqualTo(KeyState.ACTIVE);
            assertThat(done.replaced()).get().extracting(DkimKey::id).isEqualTo(before.id());
        });
        assertThat(state(before)).isEqualTo(KeyState.RETIRING);
        assertThat(state(rsa)).isEqualTo(KeyState.ACTIVE);
        assertThat(keys.activate(before.id(), published(before))).isInstanceOf(Activation.Refused.class);
    }

    @Test
    void aRetiredKeyNeverComesBack() {
        DkimKey key = done(keys.createKey(freshDomain(), ED25519));

        assertThat(done(keys.retire(key.id())).state()).isEqualTo(KeyState.RETIRED);
        assertThat(done(keys.retire(key.id())).state()).isEqualTo(KeyState.RETIRED);
        assertThat(keys.activate(key.id(), published(key))).isInstanceOf(Activation.Refused.class);
        assertThat(refused(keys.retire(9_999)).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(keys.activate(9_999, published(key))).isInstanceOf(Activation.Refused.class);
    }

    @Test
    void ofRacingActivationsOneKeyEndsActive() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        for (int round = 0; round < 5; round++) {
            MailDomain name = freshDomain();
            List<DkimKey> made = Stream.generate(() -> done(keys.createKey(name, ED25519)))
                    .limit(3)
                    .toList();
            List<Future<Activation>> racing = made.stream()
                    .map(key -> threads.submit(() -> store.keys().activate(key.id(), published(key))))
                    .toList();
            for (Future<Activation> one : racing) {
                assertThat(one.get()).isInstanceOf(Activated.class);
            }
            assertThat(keys.keys(name))
                    .extracting(DkimKey::state)
                    .containsExactlyInAnyOrder(KeyState.ACTIVE, KeyState.RETIRING, KeyState.RETIRING);
        }
        threads.shutdown();
    }

    @Test
    void twoActiveKeysOfOneAlgorithmCannotBeStored() {
        MailDomain name = freshDomain();
        DkimKey one = done(keys.createKey(name, ED25519));
        DkimKey two = done(keys.createKey(name, ED25519));
        keys.activate(one.id(), published(one));

        assertThatThrownBy(() -> store.transactions()
                        .run(handle -> handle.execute("UPDATE dkim_key SET state = 'active' WHERE id = ?", two.id())))
                .satisfies(thrown -> assertThat(SqlTrouble.of(thrown)).isEqualTo(SqlTrouble.DUPLICATE_KEY));
    }

    @Test
    void aKeyThatDoesNotOpenDoesNotBecomeActive() {
        MailDomain name = freshDomain();
        DkimKey one = done(keys.createKey(name, ED25519));
        DkimKey two = done(keys.createKey(name, ED25519));
        store.transactions()
                .run(handle -> handle.execute(
                        "UPDATE dkim_key a JOIN dkim_key b ON b.id = ? SET a.sealed = b.sealed WHERE a.id = ?",
                        two.id(),
                        one.id()));

        assertThatThrownBy(() -> keys.activate(one.id(), published(one)))
                .isInstanceOf(io.sealpost.keys.SealBroken.class);
        assertThat(state(one)).isEqualTo(KeyState.PENDING);
    }

    @Test
    void everyChangeIsWrittenDownForPeopleAndNodes() {
        MailDomain name = freshDomain();
        DkimKey key = done(keys.createKey(name, ED25519));
        keys.activate(key.id(), published(key));
        done(keys.retire(key.id()));
        done(keys.removeDomain(name));

        List<String> actions = store.transactions()
                .read(handle -> handle.select(
                                "SELECT action FROM audit WHERE subject IN (?, ?) AND actor = 'tester@host' ORDER BY id",
                                name.ascii(),
                                key.recordName())
                        .mapTo(String.class)
                        .list());
        List<String> changes = store.transactions()
                .read(handle -> handle.select(
                                "SELECT kind FROM change_feed WHERE subject = ? ORDER BY seq", name.ascii())
                        .mapTo(String.class)
                        .list());
        assertThat(actions)
                .containsExactly("domain.add", "dkim.create", "dkim.activate", "dkim.retire", "domain.remove");
        assertThat(changes).containsExactly("DOMAIN", "KEY", "KEY", "KEY", "DOMAIN");
    }
}
