package io.sealpost.keys.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Tenant;
import io.sealpost.keys.Activation;
import io.sealpost.keys.Delegation.Change;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyLookup;
import io.sealpost.keys.KeyLookup.Cause;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.ObservedDelegation.Sight;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem;
import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims, tokens, labels, and the statements. */
class ExternalDomainsTest extends ExternalDomainFixture {
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

        DkimKey first = domains.keys(domain).stream()
                .filter(key -> key.selector().equals("r1"))
                .findFirst()
                .orElseThrow();

        DkimKey second = done(keys.nextKey(name, NewKey.of(KeyAlgorithm.RSA), first.id()));
        assertThat(second.selector()).isEqualTo("r2");
        assertThat(keys.activate(second.id(), shown(second))).isInstanceOf(Activation.Activated.class);
        Outcome<DkimKey> third = keys.nextKey(name, NewKey.of(KeyAlgorithm.RSA), second.id());
        assertThat(((Outcome.Refused<DkimKey>) third).problem().kind()).isEqualTo(Problem.Kind.WRONG_STATE);
        assertThat(done(keys.nextKey(name, NewKey.of(KeyAlgorithm.RSA), first.id()))
                        .id())
                .as("for who read the keys before the switch")
                .isEqualTo(second.id());
        done(keys.retire(first.id()));

        DkimKey again = done(keys.nextKey(name, NewKey.of(KeyAlgorithm.RSA), second.id()));
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

    private String alias(String label, ExternalDomain claim) {
        return label + "._domainkey." + name + " CNAME " + label + "." + claim.token() + ".dkim.example.net";
    }
}
