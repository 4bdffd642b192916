package io.sealpost.keys.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Tenant;
import io.sealpost.keys.Delegation;
import io.sealpost.keys.Delegation.Change;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.ExternalDomain.State;
import io.sealpost.keys.KeyLookup;
import io.sealpost.keys.KeyLookup.Cause;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.ObservedDelegation;
import io.sealpost.keys.ObservedDelegation.Sight;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is seen of the customer's records, and what comes of it: proven, going, lapsed, back, another's. */
class ExternalDomainProofTest extends ExternalDomainFixture {
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
}
