package io.sealpost.account.limit.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.Credential;
import io.sealpost.account.Origin;
import io.sealpost.account.jdbc.JdbcAccounts;
import io.sealpost.account.limit.Admission;
import io.sealpost.account.limit.Admission.Admitted;
import io.sealpost.account.limit.Admission.Exhausted;
import io.sealpost.account.limit.Allowance;
import io.sealpost.account.limit.CountedLimits;
import io.sealpost.account.limit.LimitBounds;
import io.sealpost.account.limit.LimitSettings;
import io.sealpost.account.limit.LimitSettings.WhenOver;
import io.sealpost.account.limit.Meter;
import io.sealpost.account.limit.NearLimit;
import io.sealpost.account.limit.OverLimit;
import io.sealpost.account.limit.OwnRates;
import io.sealpost.account.limit.Rates;
import io.sealpost.account.limit.Scope;
import io.sealpost.account.limit.SlotCount;
import io.sealpost.account.limit.UsageStore;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.fixtures.MovableClock;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.Rate;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CountedLimitsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with(JdbcAccounts.MIGRATIONS);

    private static final Origin HERE = new Origin(InetAddress.getLoopbackAddress(), "submission");
    private static final AtomicLong NEXT = new AtomicLong(1000);

    private final MovableClock clock = MovableClock.at("2026-11-24T12:02:00Z");
    private final AtomicLong ticker = new AtomicLong();
    private final AtomicBoolean away = new AtomicBoolean();
    private final UsageStore usage = new Breakable(new JdbcUsage(DATABASE.transactions(), clock), away);
    private final AuthenticatedAccount anna = account("anna@office.test");
    private final List<NearLimit> warnings = new ArrayList<>();

    /** A store that can be away. */
    private record Breakable(UsageStore store, AtomicBoolean away) implements UsageStore {
        private UsageStore there() {
            if (away.get()) {
                throw new StoreUnavailable("away", null);
            }
            return store;
        }

        @Override
        public List<SlotCount> read(Collection<Meter> meters, Instant from) {
            return there().read(meters, from);
        }

        @Override
        public void write(List<SlotCount> rows) {
            there().write(rows);
        }

        @Override
        public boolean firstToWarn(Meter meter, Instant now) {
            return there().firstToWarn(meter, now);
        }

        @Override
        public int prune() {
            return there().prune();
        }
    }

    private static AuthenticatedAccount account(String address) {
        long row = NEXT.incrementAndGet();
        return new AuthenticatedAccount(row, row, EmailAddress.parse(address), new Credential.App(row), HERE);
    }

    private static Rates messages(String... rates) {
        return new Rates(List.of(rates).stream().map(Rate::parse).toList(), List.of());
    }

    private static Rates recipients(String rate) {
        return new Rates(List.of(), List.of(Rate.parse(rate)));
    }

    private CountedLimits node(int number, LimitSettings settings) {
        LimitBounds bounds = new LimitBounds(row -> OwnRates.DEFAULT, login -> Rates.NONE, settings);
        return new CountedLimits(number, usage, bounds, clock, ticker::get);
    }

    private CountedLimits node(int number, Rates ofAccount) {
        return node(number, new LimitSettings(ofAccount, Rates.NONE, Rates.NONE, Rates.NONE, WhenOver.DEFER));
    }

    private static boolean sends(CountedLimits node, AuthenticatedAccount account) {
        Admission admission = node.begin(account);
        if (admission instanceof Admitted admitted) {
            admitted.allowance().spend();
        }
        return admission instanceof Admitted;
    }

    private void later(Duration time) {
        clock.advance(time);
        ticker.addAndGet(time.toNanos());
    }

    @Test
    void oneMoreThanTheLimitIsDeferredUntilTheFirstHasLeftTheWindow() {
        CountedLimits node = node(1, messages("3/h"));
        assertThat(sends(node, anna)).isTrue();
        later(Duration.ofMinutes(20));
        assertThat(sends(node, anna)).isTrue();
        assertThat(sends(node, anna)).isTrue();

        OverLimit over = ((Exhausted) node.begin(anna)).over();

        // Counted in slots of five minutes: that of 12:00 has left an hour behind its end.
        assertThat(over.opens()).isEqualTo("2026-11-24T13:05:00Z");
        assertThat(over.sentence())
                .isEqualTo(
                        "This account may send 3 messages in an hour; it may send again from 2026-11-24 13:05:00 UTC on");
        clock.set(Instant.parse("2026-11-24T13:04:59Z"));
        assertThat(sends(node, anna)).isFalse();
        clock.set(Instant.parse("2026-11-24T13:05:00Z"));
        assertThat(sends(node, anna)).isTrue();
        assertThat(sends(node, anna)).isFalse();
    }

    @Test
    void whatWasNotAcceptedIsNotCounted() {
        CountedLimits node = node(1, messages("1/h"));
        try (Allowance refused = ((Admitted) node.begin(anna)).allowance()) {
            assertThat(node.begin(anna)).as("while the first is under way").isInstanceOf(Exhausted.class);
            assertThat(refused.recipient()).isEmpty();
        }
        assertThat(sends(node, anna)).isTrue();
        assertThat(sends(node, anna)).isFalse();
    }

    @Test
    void aRecipientTooManyIsRefusedAndThoseBeforeStay() {
        CountedLimits node = node(1, recipients("2/d"));
        Allowance allowance = ((Admitted) node.begin(anna)).allowance();
        assertThat(allowance.recipient()).isEmpty();
        assertThat(allowance.recipient()).isEmpty();
        assertThat(allowance.recipient().orElseThrow().sentence())
                .startsWith(
                        "This account may send to 2 recipients in a day; it may send again from 2026-11-25 14:00:00");
        allowance.spend();
        allowance.close();
        assertThat(((Admitted) node.begin(anna)).allowance().recipient()).isPresent();
    }

    @Test
    void everyOneOfSeveralLimitsHolds() {
        CountedLimits node = node(1, messages("2/h", "3/d"));
        assertThat(sends(node, anna)).isTrue();
        assertThat(sends(node, anna)).isTrue();
        assertThat(sends(node, anna)).isFalse();
        later(Duration.ofMinutes(70));
        assertThat(sends(node, anna)).isTrue();
        assertThat(((Exhausted) node.begin(anna)).over().bound().rate()).hasToString("3/d");
    }

    @Test
    void accountsOfOneDomainShareItsLimitAndThoseOfAnotherDoNot() {
        LimitSettings settings =
                new LimitSettings(Rates.NONE, Rates.NONE, messages("2/h"), Rates.NONE, WhenOver.REFUSE);
        CountedLimits node = node(1, settings);
        assertThat(sends(node, account("one@shared.test"))).isTrue();
        assertThat(sends(node, account("two@shared.test"))).isTrue();
        assertThat(((Exhausted) node.begin(account("three@shared.test")))
                        .over()
                        .bound()
                        .meter()
                        .scope())
                .isEqualTo(Scope.DOMAIN);
        assertThat(sends(node, account("one@other.test"))).isTrue();
    }

    @Test
    void nodesCountTogether() {
        CountedLimits first = node(1, messages("10/h"));
        CountedLimits second = node(2, messages("10/h"));
        for (int i = 0; i < 3; i++) {
            assertThat(sends(first, anna)).isTrue();
            assertThat(sends(second, anna)).isTrue();
        }
        first.exchange(warnings::add);
        second.exchange(warnings::add);
        first.exchange(warnings::add);
        for (int i = 0; i < 4; i++) {
            assertThat(sends(second, anna)).isTrue();
        }
        assertThat(sends(second, anna)).isFalse();
        second.exchange(warnings::add);
        assertThat(sends(first, anna)).as("it looked less than two seconds ago").isTrue();
        later(Duration.ofSeconds(3));
        assertThat(sends(first, anna)).isFalse();
    }

    @Test
    void aNodeThatStartsAgainGoesOnCounting() {
        CountedLimits before = node(1, messages("3/h"));
        sends(before, anna);
        sends(before, anna);
        before.exchange(warnings::add);

        CountedLimits after = node(1, messages("3/h"));
        assertThat(sends(after, anna)).isTrue();
        assertThat(sends(after, anna)).isFalse();
        after.exchange(warnings::add);
        assertThat(sends(node(1, messages("3/h")), anna)).isFalse();
    }

    @Test
    void whatWasGivenBackIsGivenBackToAllNodes() {
        CountedLimits first = node(1, messages("1/h"));
        Allowance allowance = ((Admitted) first.begin(anna)).allowance();
        first.exchange(warnings::add);
        assertThat(sends(node(2, messages("1/h")), anna)).isFalse();
        allowance.close();
        first.exchange(warnings::add);
        assertThat(sends(node(2, messages("1/h")), anna)).isTrue();
    }

    @Test
    void theOwnerIsWarnedOnceAWindowByOneNode() {
        CountedLimits first = node(1, messages("5/h"));
        CountedLimits second = node(2, messages("5/h"));
        for (int i = 0; i < 3; i++) {
            sends(first, anna);
        }
        first.exchange(warnings::add);
        assertThat(warnings).isEmpty();
        sends(first, anna);
        first.exchange(warnings::add);
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0).account()).isEqualTo(anna);
        sends(second, anna);
        second.exchange(warnings::add);
        first.exchange(warnings::add);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void countsOfAnOutageAreWrittenBehindIt() {
        CountedLimits node = node(1, messages("3/h"));
        sends(node, anna);
        node.exchange(warnings::add);
        sends(node, anna);
        away.set(true);
        assertThatThrownBy(() -> node.exchange(warnings::add)).isInstanceOf(StoreUnavailable.class);
        sends(node, anna);
        later(Duration.ofSeconds(3));
        assertThatThrownBy(() -> node.begin(anna)).isInstanceOf(StoreUnavailable.class);
        away.set(false);
        node.exchange(warnings::add);
        assertThat(sends(node(2, messages("3/h")), anna)).isFalse();
    }

    @Test
    void whatCountsNoMoreIsPruned() {
        CountedLimits node = node(1, messages("3/h"));
        sends(node, anna);
        node.exchange(warnings::add);
        assertThat(usage.prune()).isZero();
        clock.advance(Duration.ofDays(3));
        assertThat(usage.prune()).isPositive();
        assertThat(usage.prune()).isZero();
    }

    @Test
    void readingGoesByTheKey() {
        String plan = DATABASE.transactions().read(handle -> {
            handle.execute(
                    "INSERT INTO `usage` (node, subject, `window`, count) SELECT 1, CONCAT('fill/', seq), '2099-01-01', 1"
                            + " FROM seq_1_to_5000");
            handle.execute("ANALYZE TABLE `usage`");
            return handle.createQuery("EXPLAIN " + UsageSql.READ)
                    .bindList("subjects", List.of("account/1/messages/3600", "account/2/messages/3600"))
                    .bind("from", "2026-11-24 12:00:00")
                    .map((row, context) -> row.getString("key") + " " + row.getString("type"))
                    .one();
        });
        assertThat(plan).isEqualTo("PRIMARY range");
    }
}
