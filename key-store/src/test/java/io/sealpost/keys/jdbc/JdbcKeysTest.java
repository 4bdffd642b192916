package io.sealpost.keys.jdbc;

import static io.sealpost.keys.jdbc.KeyAdministrationTest.published;
import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealpost.account.Tenant;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.keys.ActiveKey;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAdministration;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyLookup;
import io.sealpost.keys.KeyLookup.ActiveKeys;
import io.sealpost.keys.KeyLookup.Cause;
import io.sealpost.keys.KeyLookup.NoActiveKey;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.SealBroken;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcKeysTest {
    private static final NewKey ED25519 = NewKey.of(KeyAlgorithm.ED25519);
    private static TestStore store;
    private static int domains;

    private final KeyAdministration administration = store.keys();
    private final TestStore.Node node = store.node();

    @BeforeAll
    static void open() {
        store = TestStore.create();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private MailDomain freshDomain() {
        return done(administration.addDomain(Tenant.OPERATOR, MailDomain.parse("k" + ++domains + ".example")))
                .name();
    }

    private DkimKey activeKey(MailDomain domain, NewKey wanted) {
        DkimKey key = done(administration.createKey(domain, wanted));
        administration.activate(key.id(), published(key));
        return key;
    }

    private List<ActiveKey> active(MailDomain domain) {
        return ((ActiveKeys) node.keys.activeFor(Tenant.OPERATOR, domain)).keys();
    }

    private static NoActiveKey none(Cause cause) {
        return new NoActiveKey(cause);
    }

    @Test
    void givesBothKeysRsaFirst() {
        MailDomain domain = freshDomain();
        activeKey(domain, ED25519);
        activeKey(domain, NewKey.of(KeyAlgorithm.RSA).withBits(1024));

        assertThat(active(domain))
                .extracting(ActiveKey::algorithm)
                .containsExactly(KeyAlgorithm.RSA, KeyAlgorithm.ED25519);
    }

    @Test
    void whatItGivesSignsForThePublishedHalf() throws GeneralSecurityException {
        MailDomain domain = freshDomain();
        DkimKey key = activeKey(domain, NewKey.of(KeyAlgorithm.RSA));

        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(active(domain).get(0).privateKey());
        byte[] signed = signature.sign();
        PublicKey half = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key.publicHalf())));
        signature.initVerify(half);
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void saysWhyThereIsNone() {
        MailDomain domain = freshDomain();
        assertThat(node.keys.activeFor(Tenant.OPERATOR, MailDomain.parse("nobodys.example")))
                .isEqualTo(none(Cause.UNKNOWN_DOMAIN));
        assertThat(node.keys.activeFor(Tenant.OPERATOR, domain)).isEqualTo(none(Cause.NO_KEY));
        DkimKey key = done(administration.createKey(domain, ED25519));
        node.feed.read();
        assertThat(node.keys.activeFor(Tenant.OPERATOR, domain)).isEqualTo(none(Cause.ONLY_PENDING));
        done(administration.retire(key.id()));
        node.feed.read();
        assertThat(node.keys.activeFor(Tenant.OPERATOR, domain)).isEqualTo(none(Cause.ONLY_RETIRED));
    }

    @Test
    void isForTheExactDomainOfTheTenantOnly() {
        MailDomain domain = freshDomain();
        activeKey(domain, ED25519);
        Tenant other = done(store.accounts().addTenant("stranger to " + domain));

        assertThat(node.keys.activeFor(other.id(), domain)).isEqualTo(none(Cause.UNKNOWN_DOMAIN));
        assertThat(node.keys.activeFor(Tenant.OPERATOR, MailDomain.parse("www." + domain)))
                .isEqualTo(none(Cause.UNKNOWN_DOMAIN));
    }

    @Test
    void keepsTheOpenedKeyUntilTheFeedTellsOfAChange() {
        MailDomain domain = freshDomain();
        DkimKey before = activeKey(domain, ED25519);
        node.feed.read();
        ActiveKey first = active(domain).get(0);
        DkimKey next = activeKey(domain, ED25519);

        assertThat(active(domain).get(0)).isSameAs(first);
        node.feed.read();
        assertThat(active(domain)).extracting(ActiveKey::id).containsExactly(next.id());
        assertThat(node.keys.allPublished(List.of(before.id(), next.id()))).isTrue();
    }

    @Test
    void hearsOfAChangeOfAnotherNodeWithinTwoSeconds() {
        MailDomain domain = freshDomain();
        DkimKey key = activeKey(domain, ED25519);
        assertThat(active(domain)).isNotEmpty();
        node.feed.start();

        done(administration.retire(key.id()));

        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> node.keys.activeFor(Tenant.OPERATOR, domain) instanceof NoActiveKey);
    }

    @Test
    void believesNoCacheWhileTheFeedIsNotRead() {
        MailDomain domain = freshDomain();
        DkimKey key = activeKey(domain, ED25519);
        assertThat(active(domain)).hasSize(1);
        done(administration.retire(key.id()));

        node.ticker.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(node.feed.trusted()).isFalse();
        assertThat(node.keys.activeFor(Tenant.OPERATOR, domain)).isEqualTo(none(Cause.ONLY_RETIRED));
        assertThat(node.keys.allPublished(List.of(key.id()))).isFalse();
    }

    @Test
    void aSignatureStandsWhileItsKeyIsActiveOrRetiring() {
        MailDomain domain = freshDomain();
        DkimKey pending = done(administration.createKey(domain, ED25519));
        DkimKey active = activeKey(domain, ED25519);

        assertThat(node.keys.allPublished(List.of())).isTrue();
        assertThat(node.keys.allPublished(List.of(active.id()))).isTrue();
        assertThat(node.keys.allPublished(List.of(active.id(), pending.id()))).isFalse();
        assertThat(node.keys.allPublished(List.of(999_999L))).isFalse();
        done(administration.retire(active.id()));
        node.feed.read();
        assertThat(node.keys.allPublished(List.of(active.id()))).isFalse();
        done(administration.removeDomain(domain));
        node.feed.read();
        assertThat(node.keys.allPublished(List.of(active.id()))).isFalse();
    }

    @Test
    void aSealedKeyMovedToAnotherRowIsNoticed() {
        MailDomain mine = freshDomain();
        MailDomain theirs = freshDomain();
        DkimKey one = activeKey(mine, ED25519);
        DkimKey two = activeKey(theirs, ED25519);
        store.transactions()
                .run(handle -> handle.execute(
                        "UPDATE dkim_key a JOIN dkim_key b ON b.id = ? SET a.sealed = b.sealed WHERE a.id = ?",
                        two.id(),
                        one.id()));

        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> node.keys.activeFor(Tenant.OPERATOR, mine));
        assertThat(active(theirs)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE dkim_key SET public_half = 'AAAA' WHERE id = ?",
                "UPDATE dkim_key SET selector = 'another' WHERE id = ?",
                "UPDATE dkim_key SET algorithm = 'rsa' WHERE id = ?",
                "UPDATE dkim_key SET id = id + 1000000 WHERE id = ?",
                "UPDATE dkim_key SET sealed = CONCAT(CHAR(2), SUBSTRING(sealed, 2)) WHERE id = ?",
                "UPDATE dkim_key SET sealed = CONCAT(LEFT(sealed, 8), CHAR(77), SUBSTRING(sealed, 10)) WHERE id = ?",
                "UPDATE domain SET name = 'sold.example', proven_name = 'sold.example'"
                        + " WHERE id = (SELECT domain FROM dkim_key WHERE id = ?)"
            })
    void anAlteredColumnIsNoticed(String alteration) {
        MailDomain domain = freshDomain();
        DkimKey key = activeKey(domain, ED25519);
        MailDomain after = alteration.contains("sold.example") ? MailDomain.parse("sold.example") : domain;
        assertThat(store.transactions().<Integer>run(handle -> handle.execute(alteration, key.id())))
                .isEqualTo(1);

        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> node.keys.activeFor(Tenant.OPERATOR, after));
    }

    @Test
    void nobodyCanTellWhileTheDatabaseIsAwayButWhatIsKept() {
        MailDomain domain = freshDomain();
        DkimKey key = activeKey(domain, ED25519);
        try (AwayStore away = new AwayStore(store)) {
            KeyLookup known = away.keys().activeFor(Tenant.OPERATOR, domain);
            assertThat(away.keys().allPublished(List.of(key.id()))).isTrue();
            away.cut();

            assertThat(away.keys().activeFor(Tenant.OPERATOR, domain)).isSameAs(known);
            assertThat(away.keys().allPublished(List.of(key.id()))).isTrue();
            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> away.keys().activeFor(Tenant.OPERATOR, MailDomain.parse("x.example")));
        }
    }

    @Test
    void anImportedKeyIsGivenAsItWas() throws Exception {
        MailDomain domain = freshDomain();
        String pem = new String(
                io.sealpost.keys.Outcome.class
                        .getResourceAsStream("ed25519.pem")
                        .readAllBytes(),
                java.nio.charset.StandardCharsets.US_ASCII);

        DkimKey key = done(administration.importKey(domain, "old", new Secret(pem)));
        administration.activate(key.id(), published(key));

        assertThat(active(domain)).singleElement().satisfies(given -> {
            assertThat(given.selector()).isEqualTo("old");
            assertThat(Base64.getEncoder().encodeToString(given.privateKey().getEncoded()))
                    .isEqualTo(pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
        });
    }
}
