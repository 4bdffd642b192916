package io.sealpost.keys.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Tenant;
import io.sealpost.fixtures.MovableClock;
import io.sealpost.keys.Activation;
import io.sealpost.keys.Delegation;
import io.sealpost.keys.Delegation.Change;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.ExternalDomain.State;
import io.sealpost.keys.ExternalTokens;
import io.sealpost.keys.KeyAdministration;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyLookup;
import io.sealpost.keys.KeyLookup.Cause;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.Observation;
import io.sealpost.keys.ObservedDelegation;
import io.sealpost.keys.ObservedDelegation.Seen;
import io.sealpost.keys.ObservedDelegation.Sight;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem;
import io.sealpost.keys.Sealing;
import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExternalDomainsTest {
    private static final MailDomain ZONE = MailDomain.parse("dkim.example.net");
    private static final Duration GRACE = Duration.ofDays(3);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static TestStore store;
    private static long other;

    private final MovableClock clock = MovableClock.at("2026-11-24T12:00:00Z");
    private final JdbcExternalDomains domains = domains(new ExternalTokens());
    private final KeyAdministration keys = new JdbcKeyAdministration(changes(), new Sealing(store.dataKeys()));
    private final MailDomain name = MailDomain.parse("shop" + NUMBER.incrementAndGet() + ".example");

    @BeforeAll
    static void open() {
        store = TestStore.create();
        other = done(store.accounts().addTenant("Another")).id();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void aClaimTellsWhatToPublishAndSignsNothing() {
        ExternalDomain claim = claim(Tenant.OPERATOR);

        assertThat(claim.token()).matches("[a-z2-7]{26}");
        assertThat(claim.customerRecords())
                .extracting(record -> record.name() + " " + record.type() + " " + record.value())
                .containsExactly(
                        "_sealpost-challenge." + name + " TXT sealpost-challenge=" + claim.token(),
                        alias("r1", claim),
                        alias("r2", claim),
                        alias("e1", claim),
                        alias("e2", claim));
        assertThat(domains.keys(claim))
                .extracting(key -> key.selector() + " " + key.algorithm() + " " + key.state())
                .containsExactly("r1 RSA PENDING", "e1 ED25519 PENDING");
        DkimKey key = domains.keys(claim).get(0);
        assertThat(claim.operatorRecord(key).name()).isEqualTo("r1." + claim.token() + ".dkim.example.net");
        assertThat(claim.operatorRecord(key).value()).isEqualTo("v=DKIM1; k=rsa; p=" + key.publicHalf());
        assertThat(keys.activate(key.id(), shown(key)))
                .as("its record is seen, but the domain is not proven")
                .isInstanceOf(Activation.Refused.class);
        assertThat(lookup(Tenant.OPERATOR)).isEqualTo(new KeyLookup.NoActiveKey(Cause.NOT_PROVEN));
        assertThat(lookup(other)).isEqualTo(new KeyLookup.NoActiveKey(Cause.UNKNOWN_DOMAIN));
        assertThat(claim(Tenant.OPERATOR)).as("claimed again").isEqualTo(claim);
    }

    @Test
    void anUnprovenClaimBlocksNobody() {
        claim(Tenant.OPERATOR);

        assertThat(claim(other).tenant()).isEqualTo(other);
        MailDomain onWord = MailDomain.parse("word-" + name);
        done(domains.claim(other, onWord, ZONE));
        done(keys.addDomain(Tenant.OPERATOR, onWord));
        ExternalDomain loser = domains.of(onWord).get(0);
        assertThat(look(loser, Sight.SEEN).change())
                .as("the operator's word stands")
                .isEqualTo(Change.OTHERS);
    }

    @Test
    void whatIsSeenWholeIsProvenAndSigns() {
        ExternalDomain claim = claim(Tenant.OPERATOR);
        assertThat(look(claim, Sight.MISSING).change()).isEqualTo(Change.NOT_YET);
        assertThat(look(claim, Sight.UNKNOWN).change()).isEqualTo(Change.NOT_YET);
        assertThat(domains.look(claim, new ObservedDelegation(List.of()))
                        .orElseThrow()
                        .change())
                .as("nothing was asked")
                .isEqualTo(Change.NOT_YET);

        assertThat(look(claim, Sight.SEEN).change()).isEqualTo(Change.PROVEN);
        assertThat(lookup(Tenant.OPERATOR)).isEqualTo(new KeyLookup.NoActiveKey(Cause.ONLY_PENDING));
        activateAll(claim);

        assertThat(lookup(Tenant.OPERATOR)).isInstanceOf(KeyLookup.ActiveKeys.class);
        assertThat(look(claim, Sight.SEEN).change()).isEqualTo(Change.STANDS);
    }

    @Test
    void whatIsGoneForTheGracePeriodSignsNoMoreUntilItIsBack() {
        ExternalDomain domain = proven(Tenant.OPERATOR);
        List<Long> ids = domains.keys(domain).stream().map(DkimKey::id).toList();

        Delegation going = look(domain, Sight.MISSING);
        assertThat(going.change()).isEqualTo(Change.GOING);
        assertThat(going.until()).isEqualTo(clock.instant().plus(GRACE));
        clock.advance(GRACE.minusSeconds(1));
        assertThat(look(domain, Sight.MISSING).change()).isEqualTo(Change.GOING);
        assertThat(lookup(Tenant.OPERATOR)).isInstanceOf(KeyLookup.ActiveKeys.class);
        clock.advance(Duration.ofSeconds(1));

        assertThat(look(domain, Sight.MISSING).change()).isEqualTo(Change.LAPSED);
        assertThat(lookup(Tenant.OPERATOR)).isEqualTo(new KeyLookup.NoActiveKey(Cause.DELEGATION_GONE));
        try (TestStore.Node node = store.node()) {
            assertThat(node.keys.allPublished(ids)).as("waiting mail").isFalse();
        }
        assertThat(look(domain, Sight.MISSING).change()).isEqualTo(Change.STILL_LAPSED);
        assertThat(look(domain, Sight.UNKNOWN).change()).isEqualTo(Change.STILL_LAPSED);

        assertThat(look(domain, Sight.SEEN).change()).isEqualTo(Change.PROVEN);
        assertThat(lookup(Tenant.OPERATOR)).isInstanceOf(KeyLookup.ActiveKeys.class);
    }

    @Test
    void timeInWhichNobodyCouldTellDoesNotCount() {
        ExternalDomain domain = proven(Tenant.OPERATOR);
        clock.advance(GRACE.multipliedBy(2));
        assertThat(look(domain, Sight.UNKNOWN).change()).isEqualTo(Change.STANDS);

        look(domain, Sight.MISSING);
        for (int hours = 0; hours < 100; hours += 10) {
            clock.advance(Duration.ofHours(10));
            assertThat(look(domain, Sight.UNKNOWN).change()).isEqualTo(Change.GOING);
        }
        Delegation back = look(domain, Sight.MISSING);

        assertThat(back.change()).isEqualTo(Change.GOING);
        assertThat(back.until()).isEqualTo(clock.instant().plus(GRACE));
    }

    @Test
    void onlyTheAliasOfAKeyThatSignsMustGoOnStanding() {
        ExternalDomain domain = proven(Tenant.OPERATOR);

        assertThat(domains.look(domain, seen(domain, Sight.SEEN, "r2", "e2"))
                        .orElseThrow()
                        .change())
                .isEqualTo(Change.STANDS);
        assertThat(domains.look(domain, seen(domain, Sight.SEEN, "e1"))
                        .orElseThrow()
                        .change())
                .isEqualTo(Change.GOING);
    }

    @Test
    void aNewerProofWinsOnceTheOlderOneIsGoneForTheGracePeriod() {
        ExternalDomain older = proven(Tenant.OPERATOR);
        ExternalDomain newer = claim(other);
        assertThat(look(newer, Sight.SEEN).change()).isEqualTo(Change.OTHERS);

        look(older, Sight.MISSING);
        Delegation waits = look(newer, Sight.SEEN);
        assertThat(waits.change()).isEqualTo(Change.OTHERS);
        assertThat(waits.until()).isEqualTo(clock.instant().plus(GRACE));
        clock.advance(GRACE);
        assertThat(look(newer, Sight.SEEN).change()).isEqualTo(Change.PROVEN);

        activateAll(newer);
        assertThat(lookup(other)).isInstanceOf(KeyLookup.ActiveKeys.class);
        assertThat(lookup(Tenant.OPERATOR)).isEqualTo(new KeyLookup.NoActiveKey(Cause.NOT_PROVEN));
        assertThat(domains.holder(name).orElseThrow().tenant()).isEqualTo(other);
        assertThat(domains.keys(older)).extracting(DkimKey::state).containsOnly(KeyState.RETIRED);
        assertThat(look(older, Sight.SEEN).change()).as("the other way round").isEqualTo(Change.OTHERS);
        assertThat(domains.of(name))
                .extracting(one -> one.proof().state())
                .containsExactly(State.CLAIMED, State.PROVEN);
    }

    @Test
    void whatIsRemovedIsRevokedAndItsTokenIsNeverUsedAgain() {
        ExternalDomain domain = proven(Tenant.OPERATOR);
        done(domains.remove(domain));

        assertThat(domains.remove(domain)).isInstanceOf(Outcome.Refused.class);
        assertThat(domains.look(domain, seen(domain, Sight.SEEN))).isEmpty();
        assertThat(domains.of(name)).isEmpty();
        assertThat(domains.removed()).extracting(ExternalDomain::token).contains(domain.token());
        assertThat(domain.revocations())
                .hasSize(4)
                .allSatisfy(record -> assertThat(record.value()).isEqualTo("v=DKIM1; p="))
                .first()
                .satisfies(record -> assertThat(record.name()).isEqualTo("r1." + domain.token() + ".dkim.example.net"));
        assertThat(claim(Tenant.OPERATOR).token()).isNotEqualTo(domain.token());
        JdbcExternalDomains sameAgain = domains(domain::token);
        assertThat(sameAgain.claim(other, name, ZONE))
                .as("the token that was used")
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void removingTheDomainByNameEndsItsTokenToo() {
        ExternalDomain domain = proven(Tenant.OPERATOR);
        domains.keys(domain).forEach(key -> done(keys.retire(key.id())));

        done(keys.removeDomain(name));

        assertThat(domains.of(name)).isEmpty();
        assertThat(domains.removed()).extracting(ExternalDomain::token).contains(domain.token());
    }

    @Test
    void keysAlternateBetweenTheFixedLabels() {
        ExternalDomain domain = proven(Tenant.OPERATOR);

        DkimKey second = done(keys.nextKey(name, NewKey.of(KeyAlgorithm.RSA)));
        assertThat(second.selector()).isEqualTo("r2");
        assertThat(keys.activate(second.id(), shown(second))).isInstanceOf(Activation.Activated.class);
        Outcome<DkimKey> third = keys.nextKey(name, NewKey.of(KeyAlgorithm.RSA));
        assertThat(((Outcome.Refused<DkimKey>) third).problem().kind()).isEqualTo(Problem.Kind.WRONG_STATE);
        DkimKey first = domains.keys(domain).stream()
                .filter(key -> key.selector().equals("r1"))
                .findFirst()
                .orElseThrow();
        done(keys.retire(first.id()));

        DkimKey again = done(keys.nextKey(name, NewKey.of(KeyAlgorithm.RSA)));
        assertThat(again.selector()).isEqualTo("r1");
        assertThat(again.id()).isNotEqualTo(first.id());
        Outcome<DkimKey> free = keys.createKey(name, NewKey.of(KeyAlgorithm.RSA).withSelector("mine"));
        assertThat(((Outcome.Refused<DkimKey>) free).problem().sentence()).contains("fixed selectors");
    }

    @Test
    void oneNodeTakesEachLook() {
        ExternalDomain claim = claim(Tenant.OPERATOR);

        assertThat(domains.due(1000)).contains(claim);
        assertThat(domains.due(1000)).doesNotContain(claim);
        clock.advance(Duration.ofMinutes(15));
        assertThat(domains.due(1000)).extracting(ExternalDomain::id).contains(claim.id());
        look(claim, Sight.SEEN);
        clock.advance(Duration.ofMinutes(40));
        assertThat(domains.due(1000)).extracting(ExternalDomain::id).doesNotContain(claim.id());
        clock.advance(Duration.ofMinutes(40));
        assertThat(domains.due(1000)).extracting(ExternalDomain::id).contains(claim.id());
    }

    @Test
    void everyStatementGoesByAKey() {
        for (int i = 0; i < 30; i++) {
            done(domains.claim(other, MailDomain.parse("many" + i + "." + name), ZONE));
        }
        store.transactions().read(handle -> handle.execute("ANALYZE TABLE domain, external_domain, external_token"));

        assertThat(plan(ExternalSql.OF_NAME, name.ascii())).noneMatch(row -> row.contains(" ALL"));
        assertThat(plan(ExternalSql.CLAIM_OF, name.ascii(), other)).noneMatch(row -> row.contains(" ALL"));
        assertThat(plan(ExternalSql.HOLDER, name.ascii())).noneMatch(row -> row.contains(" ALL"));
        assertThat(plan(ExternalSql.ONE, 1)).noneMatch(row -> row.contains(" ALL"));
        assertThat(plan(ExternalSql.DUE, "2020-01-01 00:00:00", 20))
                .anyMatch(row -> row.startsWith("e due range"))
                .noneMatch(row -> row.contains("filesort"));
        assertThat(plan(ExternalSql.REMOVED, "2030-01-01 00:00:00"))
                .anyMatch(row -> row.startsWith("external_token removed range"));
    }

    private static List<String> plan(String sql, Object... values) {
        return store.transactions()
                .read(handle -> handle.select("EXPLAIN " + sql, values)
                        .map((row, context) -> row.getString("table") + " " + row.getString("key") + " "
                                + row.getString("type") + " " + row.getString("Extra"))
                        .list());
    }

    private JdbcExternalDomains domains(Supplier<String> tokens) {
        return new JdbcExternalDomains(
                changes(), new Sealing(store.dataKeys()), new DelegationSettings(GRACE, tokens, new Random(1)));
    }

    private Changes changes() {
        return new Changes(store.transactions(), clock, "tester@host");
    }

    private ExternalDomain claim(long tenant) {
        return done(domains.claim(tenant, name, ZONE));
    }

    private ExternalDomain proven(long tenant) {
        ExternalDomain claim = claim(tenant);
        assertThat(look(claim, Sight.SEEN).change()).isEqualTo(Change.PROVEN);
        activateAll(claim);
        return claim;
    }

    private void activateAll(ExternalDomain domain) {
        for (DkimKey key : domains.keys(domain)) {
            assertThat(keys.activate(key.id(), shown(key))).isInstanceOf(Activation.Activated.class);
        }
    }

    private Delegation look(ExternalDomain domain, Sight sight) {
        return domains.look(domain, seen(domain, sight)).orElseThrow();
    }

    /** All records like this, but those of these labels, which are missing. */
    private static ObservedDelegation seen(ExternalDomain domain, Sight sight, String... missing) {
        return new ObservedDelegation(domain.customerRecords().stream()
                .map(record -> {
                    boolean gone = List.of(missing).contains(record.name().substring(0, 2));
                    return new Seen(record, gone ? Sight.MISSING : sight, "");
                })
                .toList());
    }

    private KeyLookup lookup(long tenant) {
        try (TestStore.Node node = store.node()) {
            return node.keys.activeFor(tenant, name);
        }
    }

    private static ObservedRecords shown(DkimKey key) {
        return new ObservedRecords(List.of(new Observation(
                "127.0.0.1",
                Observation.Role.RESOLVER,
                new Observation.Records(List.of(key.dnsRecord().value())))));
    }

    private String alias(String label, ExternalDomain claim) {
        return label + "._domainkey." + name + " CNAME " + label + "." + claim.token() + ".dkim.example.net";
    }
}
