package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.QueueOverview.Standing;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcQueueOverviewTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static QueueWorld world;

    @BeforeAll
    static void open() {
        world = QueueWorld.open();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void empty() {
        world.reset();
    }

    private static Standing look(int most) {
        return new JdbcQueueOverview(world.transactions()).look(most);
    }

    @Test
    void anEmptyQueueHasNoOldest() {
        assertThat(look(100)).isEqualTo(new Standing(0, 0, Optional.empty(), Optional.empty()));
    }

    @Test
    void waitingAndHeldAreCountedApartAndTheOldestIsOfBoth() {
        world.store(
                world.mail().to(new NewDelivery.Start.Held("no active key"), "d@x.example"),
                world.mail().to(MailMaker.QUEUED, "b@x.example", "c@y.example"));

        assertThat(look(100)).isEqualTo(new Standing(2, 1, Optional.of(START), Optional.of(START)));
        assertThat(look(1).waiting()).as("counted up to the bound").isEqualTo(1);
    }

    @Test
    void whatIsUnderWayIsNotOverdue() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        world.claimAll(1);

        assertThat(look(100)).isEqualTo(new Standing(1, 0, Optional.of(START), Optional.empty()));
    }
}
