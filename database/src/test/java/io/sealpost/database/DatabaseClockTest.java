package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sealpost.mail.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Duration STEP = Duration.ofSeconds(10);
    private static Database database;

    private final Ticker ticker = new Ticker();

    @BeforeAll
    static void open() {
        database = Database.open(TestServer.freshSchema());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private DatabaseClock showing(Instant machine) {
        return new DatabaseClock(database.transactions(), Clock.fixed(machine, ZoneOffset.UTC), ticker);
    }

    @Test
    void showsTheMachinesTimeBeforeTheFirstMeasurement() {
        DatabaseClock clock = showing(Instant.parse("2026-01-01T00:00:00.123456789Z"));

        ticker.pass(Duration.ofMillis(1_500));

        assertThat(clock.instant()).isEqualTo("2026-01-01T00:00:01.623456Z");
    }

    @Test
    void goesForwardToTheServersTimeAtOnce() {
        DatabaseClock clock = showing(Instant.now().minus(1, ChronoUnit.HOURS));

        clock.measure();

        assertThat(clock.instant()).isCloseTo(Instant.now(), within(2, ChronoUnit.SECONDS));
        assertThat(clock.millis()).isEqualTo(clock.instant().toEpochMilli());
    }

    @Test
    void neverGoesBackButRunsAtHalfSpeedUntilTheTruthCaughtUp() {
        DatabaseClock clock = showing(Instant.now().plusSeconds(60));
        Instant ahead = clock.instant();

        clock.measure();
        assertThat(clock.instant()).isAfterOrEqualTo(ahead);
        ticker.pass(STEP);
        assertThat(clock.instant()).isEqualTo(ahead.plus(STEP.dividedBy(2)));

        ticker.pass(Duration.ofMinutes(5)); // Long past the place where the two lines meet.
        assertThat(clock.instant()).isAfter(ahead.plusSeconds(200)).isBefore(ahead.plusSeconds(290));
    }

    @Test
    void opensWithTheServersTimeMeasured() {
        assertThat(database.clock().instant()).isCloseTo(Instant.now(), within(2, ChronoUnit.SECONDS));
        Instant shown = database.clock().instant();
        assertThat(shown).isEqualTo(shown.truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void goesOnWhileTheDatabaseIsAway() {
        DatabaseSettings nobody = new DatabaseSettings("jdbc:mariadb://127.0.0.1:1/x", "x", new Secret("x"), 1);
        Transactions away = new Transactions(MariaDbSource.forWork(() -> nobody, new ServerGuard()));
        DatabaseClock clock = new DatabaseClock(away, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), ticker);

        assertThatThrownBy(clock::measure).isInstanceOf(StoreUnavailable.class);
        ticker.pass(STEP);

        assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plus(STEP));
    }

    @Test
    void isInUtc() {
        DatabaseClock clock = showing(Instant.EPOCH);

        assertThat(clock.withZone(ZoneOffset.UTC)).isSameAs(clock);
        assertThatThrownBy(() -> clock.withZone(ZoneId.of("Europe/Berlin")))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void takesTheServersTimeWhereNobodyHasSeenItAhead() {
        DatabaseClock clock = showing(Instant.now().plus(1, ChronoUnit.HOURS));

        clock.measure();

        assertThat(clock.instant()).isCloseTo(Instant.now(), within(2, ChronoUnit.SECONDS));
    }
}
