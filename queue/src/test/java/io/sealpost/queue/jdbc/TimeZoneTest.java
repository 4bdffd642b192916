package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In the zone of Berlin, where one hour of autumn comes twice and one of spring never: times stay what they are. */
class TimeZoneTest {
    private static final TimeZone OF_THE_MACHINE = TimeZone.getDefault();

    private static QueueWorld world;

    @BeforeAll
    static void open() {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        world = QueueWorld.open();
    }

    @AfterAll
    static void close() {
        world.close();
        TimeZone.setDefault(OF_THE_MACHINE);
    }

    @BeforeEach
    void reset() {
        world.reset();
    }

    /** 00:30Z and 01:30Z are both half past two in Berlin. */
    @Test
    void theTwoHoursOfAutumnAreTold() {
        world.clock().set(Instant.parse("2026-10-25T00:30:00Z"));
        NewMessage message = world.mail().to(MailMaker.QUEUED, "b@x.example");
        world.store(message);
        ClaimedMessage claimed = world.claimAll(1).get(0);
        Instant hourLater = Instant.parse("2026-10-25T01:30:00Z");
        world.claims(1).settle(Results.settlement(claimed, Results.deferred(hourLater)));

        world.clock().advance(Duration.ofMinutes(59));
        assertThat(world.claimAll(1)).isEmpty();
        world.clock().advance(Duration.ofMinutes(1));
        assertThat(world.claimAll(1)).hasSize(1);
        assertThat(world.inspection().list(QueueFilter.ALL, 1).get(0).status().nextAt())
                .isEqualTo(hourLater);
        assertThat(world.texts("SELECT CAST(next_at AS CHAR) FROM delivery"))
                .containsExactly("2026-10-25 01:30:00.000000");
    }

    /** At 02:30 of that day no clock in Berlin ever stood. */
    @Test
    void theHourThatSpringSkipsIsKept() {
        Instant skipped = Instant.parse("2026-03-29T02:30:00.123456Z");
        world.clock().set(skipped);
        NewMessage message = world.mail().to(MailMaker.QUEUED, "b@x.example");
        world.store(message);

        ClaimedMessage claimed = world.claimAll(1).get(0);

        assertThat(claimed.envelope()).isEqualTo(message.envelope());
        assertThat(world.texts("SELECT CAST(received AS CHAR) FROM message"))
                .containsExactly("2026-03-29 02:30:00.123456");
        assertThat(world.claims(1).renew(Results.leases(claimed)).get(0).until())
                .isEqualTo(skipped.plus(QueueWorld.LEASE));
        assertThat(world.inspection().trace(message.envelope().id()).get(0).at())
                .isEqualTo(skipped);
    }
}
