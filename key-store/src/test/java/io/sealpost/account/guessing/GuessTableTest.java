package io.sealpost.account.guessing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.LoginAttempt;
import io.sealpost.account.guessing.GuessTable.Mode;
import io.sealpost.mail.Secret;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GuessTableTest {
    private static final String HOME = "192.0.2.0/24";
    private static final OptionalLong ANNA = OptionalLong.of(7);

    private final AtomicLong ticker = new AtomicLong();
    private final GuessTable table = new GuessTable(
            GuessLimits.DEFAULTS,
            (account, network) -> account == 7 && network.text().equals(HOME),
            ticker::get,
            Mode.ON);
    private int guesses;

    private static LoginAttempt attempt(String name, String password, String client) {
        try {
            return new LoginAttempt(
                    name,
                    new Secret(password),
                    InetAddress.getByName(client),
                    "submission",
                    "client.test",
                    Optional.empty());
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private LoginAttempt guess(String name, String client) {
        return attempt(name, "guess" + guesses++, client);
    }

    private void guesses(int count, String name, String client) {
        for (int i = 0; i < count; i++) {
            table.failed(guess(name, client));
        }
    }

    private Optional<Duration> wait(String name, String client) {
        return table.braked(guess(name, client), OptionalLong.empty());
    }

    @Test
    void anAddressWaitsLongerWithEachFailureAndIsForgottenAfterADay() {
        for (int i = 0; i < 9; i++) {
            guesses(1, "user" + i + "@office.test", "198.51.100.1");
        }
        assertThat(wait("x@office.test", "198.51.100.1")).isEmpty();
        guesses(1, "user9@office.test", "198.51.100.1");
        assertThat(wait("x@office.test", "198.51.100.1")).contains(Duration.ofSeconds(30));
        assertThat(wait("x@office.test", "198.51.100.2")).isEmpty();
        ticker.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(wait("x@office.test", "198.51.100.1")).isEmpty();
        guesses(1, "user10@office.test", "198.51.100.1");
        assertThat(wait("x@office.test", "198.51.100.1")).contains(Duration.ofMinutes(1));
        guesses(30, "user11@office.test", "198.51.100.1");
        assertThat(wait("x@office.test", "198.51.100.1")).contains(Duration.ofHours(1));
        ticker.addAndGet(Duration.ofHours(25).toNanos());
        assertThat(wait("x@office.test", "198.51.100.1")).isEmpty();
        guesses(1, "user12@office.test", "198.51.100.1");
        assertThat(wait("x@office.test", "198.51.100.1")).as("it begins anew").isEmpty();
    }

    @Test
    void aNetworkWaitsForItsAddressesTogether() {
        for (int i = 0; i < 40; i++) {
            guesses(1, "user" + i + "@office.test", "198.51.100." + i);
        }
        assertThat(wait("x@office.test", "198.51.100.200")).isPresent();
        assertThat(wait("x@office.test", "198.51.101.1")).isEmpty();
        for (int i = 0; i < 40; i++) {
            guesses(1, "user" + i + "@office.test", "2001:db8::" + Integer.toHexString(i));
        }
        assertThat(wait("x@office.test", "2001:db8::ffff")).isPresent();
        assertThat(wait("x@office.test", "2001:db8:0:1::1")).isEmpty();
    }

    @Test
    void aNameThatDoesNotExistWaitsLikeOneThatDoes() {
        for (int i = 0; i < 10; i++) {
            guesses(1, "anna@office.test", "198.51." + i + ".1");
            guesses(1, "Nobody@office.test", "203.0." + i + ".1");
        }
        assertThat(table.braked(guess("ANNA@office.test", "203.0.113.1"), ANNA)).contains(Duration.ofSeconds(30));
        assertThat(table.braked(guess("nobody@office.test", "203.0.113.1"), OptionalLong.empty()))
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void theOwnerGoesOnFromAKnownNetwork() {
        for (int i = 0; i < 20; i++) {
            guesses(1, "anna@office.test", "198.51." + i + ".1");
        }
        assertThat(table.braked(guess("anna@office.test", "192.0.2.9"), ANNA)).isEmpty();
        assertThat(table.braked(guess("anna@office.test", "192.0.3.9"), ANNA)).isPresent();
    }

    @Test
    void aDeviceWithAnOldPasswordCountsOnce() {
        for (int i = 0; i < 1000; i++) {
            table.failed(attempt("anna@office.test", "the old one", "192.0.2.9"));
        }
        assertThat(wait("anna@office.test", "192.0.2.9")).isEmpty();
        assertThat(table.takeCounts()).isEqualTo(new GuessTable.Counts(1000, 0));
    }

    @Test
    void offBrakesNobody() {
        table.use(Mode.OFF);
        guesses(100, "anna@office.test", "198.51.100.1");
        assertThat(wait("anna@office.test", "198.51.100.1")).isEmpty();
        table.use(Mode.ON);
        assertThat(wait("anna@office.test", "198.51.100.1")).isPresent();
        assertThat(table.takeCounts().braked()).isEqualTo(1);
    }
}
