package io.sealpost.keys.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.database.ChangeFeedReader;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.SigningAdministration;
import io.sealpost.keys.SigningChoices;
import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a domain chose for its signatures: stored, changed, seen by every node, gone with the domain. */
class SigningChoicesOfDomainsTest {
    private static final MailDomain OFFICE = MailDomain.parse("office.example");
    private static final SigningChoices CHOSEN = new SigningChoices(
            Optional.of(Duration.ofDays(10)),
            Optional.of("@office.example"),
            List.of("x-over"),
            List.of("x-a", "x-b"),
            List.of("sender"));

    private TestStore store;
    private SigningAdministration signing;

    @BeforeEach
    void open() {
        store = TestStore.create();
        signing = new JdbcSigningAdministration(new Changes(store.transactions(), store.clock(), "tester@host"));
        TestStore.done(store.keys().addDomain(1, OFFICE));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void isAsUsualUntilSomethingIsChosen() {
        assertThat(TestStore.done(signing.choices(OFFICE))).isEqualTo(SigningChoices.NONE);

        assertThat(TestStore.done(signing.choose(OFFICE, before -> CHOSEN))).isEqualTo(CHOSEN);
        assertThat(TestStore.done(signing.choices(OFFICE))).isEqualTo(CHOSEN);

        TestStore.done(signing.choose(OFFICE, before -> {
            assertThat(before).isEqualTo(CHOSEN);
            return SigningChoices.NONE;
        }));
        assertThat(TestStore.done(signing.choices(OFFICE))).isEqualTo(SigningChoices.NONE);
    }

    @Test
    void aNodeFollowsWithTheFeed() {
        ChangeFeedReader feed = new ChangeFeedReader(store.transactions(), store.clock(), new AtomicLong()::get);
        JdbcSigningChoices known = new JdbcSigningChoices(store.transactions(), feed, CacheBounds.DEFAULT);
        feed.read();
        assertThat(known.apply(OFFICE)).isEqualTo(SigningChoices.NONE);

        TestStore.done(signing.choose(OFFICE, before -> CHOSEN));
        assertThat(known.apply(OFFICE)).isEqualTo(SigningChoices.NONE);
        feed.read();

        assertThat(known.apply(OFFICE)).isEqualTo(CHOSEN);
        feed.close();
    }

    @Test
    void isWrittenIntoTheAudit() {
        TestStore.done(signing.choose(OFFICE, before -> CHOSEN));

        assertThat(store.count(
                        "SELECT COUNT(*) FROM audit WHERE action = 'dkim.options' AND subject = ? AND json LIKE '%x-a:x-b%'",
                        OFFICE.ascii()))
                .isEqualTo(1);
    }

    @Test
    void refusesAnIdentityOfAnotherDomainAndADomainThatNobodyHolds() {
        SigningChoices foreign =
                new SigningChoices(Optional.empty(), Optional.of("@other.example"), List.of(), List.of(), List.of());

        assertRefused(signing.choose(OFFICE, before -> foreign), Kind.UNFIT, "in or below office.example");
        assertRefused(
                signing.choose(MailDomain.parse("other.example"), before -> CHOSEN), Kind.UNKNOWN, "nobody holds");
        assertRefused(signing.choices(MailDomain.parse("other.example")), Kind.UNKNOWN, "nobody holds");
    }

    @Test
    void aChangeThatFailsChangesNothing() {
        TestStore.done(signing.choose(OFFICE, before -> CHOSEN));

        assertThatThrownBy(() -> signing.choose(OFFICE, before -> {
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");

        assertThat(TestStore.done(signing.choices(OFFICE))).isEqualTo(CHOSEN);
    }

    @Test
    void goesWithTheDomainAndIsNotThereWhenItComesBack() {
        TestStore.done(signing.choose(OFFICE, before -> CHOSEN));
        TestStore.done(store.keys().removeDomain(OFFICE));
        TestStore.done(store.keys().addDomain(1, OFFICE));

        assertThat(TestStore.done(signing.choices(OFFICE))).isEqualTo(SigningChoices.NONE);
        assertThat(store.count("SELECT COUNT(*) FROM domain_signing")).isZero();
    }

    @Test
    void isFoundByItsKey() {
        TestStore.done(signing.choose(OFFICE, before -> CHOSEN));

        List<String> plan = store.transactions()
                .read(handle -> handle.select("EXPLAIN " + SigningSql.CHOICES, OFFICE.ascii())
                        .map((row, context) ->
                                row.getString("table") + " " + row.getString("key") + " " + row.getString("type"))
                        .list());

        assertThat(plan).containsExactly("d proven_name const", "s PRIMARY const");
    }

    private static void assertRefused(Outcome<SigningChoices> outcome, Kind kind, String sentence) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        Outcome.Refused<SigningChoices> refused = (Outcome.Refused<SigningChoices>) outcome;
        assertThat(refused.problem().kind()).isEqualTo(kind);
        assertThat(refused.problem().sentence()).contains(sentence);
    }
}
