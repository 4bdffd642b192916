package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.KeyActivation.Look;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.fixtures.MovableClock;
import io.sealpost.keys.Activation.Activated;
import io.sealpost.keys.Activation.NotSeen;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.Observation;
import io.sealpost.keys.Observation.Answer;
import io.sealpost.keys.Observation.Missing;
import io.sealpost.keys.Observation.NoAnswer;
import io.sealpost.keys.Observation.NoRecord;
import io.sealpost.keys.Observation.Records;
import io.sealpost.keys.Observation.Role;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.keys.RecordRetention;
import io.sealpost.mail.MailDomain;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** When it looks again, with a clock that the pauses move. */
class KeyActivationTest {
    private static final DkimKey KEY = new DkimKey(
            1,
            MailDomain.parse("office.test"),
            "s1",
            KeyAlgorithm.ED25519,
            256,
            KeyState.PENDING,
            "QUJD",
            Instant.EPOCH,
            Instant.EPOCH);
    private static final Answer ZONE_HAS_NONE = new NoRecord(Missing.NAME, Duration.ofHours(1));

    private final MovableClock clock = MovableClock.at("2026-01-01T00:00:00Z");
    private final List<Long> pauses = new ArrayList<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void pausesDoubleUpToAMinuteAndEndWithTheTime() {
        int code = activate(key -> look(Role.AUTHORITATIVE, ZONE_HAS_NONE), Duration.ofSeconds(200));

        assertThat(code).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 17L);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Looking again in 1m 0s.");
    }

    @Test
    void whatAServerRemembersIsWaitedFor() {
        activate(
                key -> look(Role.RESOLVER, new NoRecord(Missing.NAME, Duration.ofSeconds(300))),
                Duration.ofSeconds(400));

        assertThat(pauses).containsExactly(300L, 100L);
    }

    @Test
    void aVeryLongMemoryIsNotBelieved() {
        activate(key -> look(Role.RESOLVER, new NoRecord(Missing.NAME, Duration.ofDays(1))), Duration.ofMinutes(15));

        assertThat(pauses).containsExactly(600L, 300L);
    }

    @Test
    void aServerThatFailedIsAskedAgainSoon() {
        activate(key -> look(Role.RESOLVER, new NoAnswer("SERVFAIL")), Duration.ofSeconds(3));

        assertThat(pauses).containsExactly(1L, 2L);
    }

    @Test
    void withoutPatienceThereIsOneLook() {
        assertThat(activate(key -> look(Role.AUTHORITATIVE, ZONE_HAS_NONE), Duration.ZERO))
                .isEqualTo(Sysexits.TEMPFAIL);
        assertThat(pauses).isEmpty();
    }

    @Test
    void itEndsAsSoonAsTheKeySigns() {
        Instant published = clock.instant().plusSeconds(5);

        int code = activate(
                key -> clock.instant().isBefore(published)
                        ? look(Role.AUTHORITATIVE, ZONE_HAS_NONE)
                        : look(Role.AUTHORITATIVE, new Records(List.of("v=DKIM1; k=ed25519; p=QUJD"))),
                Duration.ofHours(1));

        assertThat(code).isZero();
        assertThat(pauses).containsExactly(1L, 2L, 4L);
    }

    private int activate(Function<DkimKey, Look> look, Duration patience) {
        Console console = new Console(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));
        return new KeyActivation(console, look, new RecordRetention(Duration.ofDays(5)), clock, time -> {
                    pauses.add(time.toSeconds());
                    clock.advance(time);
                })
                .activate(List.of(KEY), patience);
    }

    private static Look look(Role role, Answer answer) {
        ObservedRecords observed = new ObservedRecords(List.of(new Observation("ns.test", role, answer)));
        return new Look(
                KEY,
                observed,
                answer instanceof Records
                        ? new Activated(KEY, Optional.empty())
                        : new NotSeen(KEY, observed.objectionsTo(KEY)));
    }
}
