package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.queue.SigningKeyUse.Carrying;
import org.junit.jupiter.api.Test;

class JdbcSigningKeyUseTest {
    @Test
    void countsTheMessagesThatCarryAKeyUpToItsBound() {
        try (QueueWorld world = QueueWorld.open()) {
            JdbcSigningKeyUse use = new JdbcSigningKeyUse(world.transactions());
            assertThat(use.carrying(17, 10)).isEqualTo(new Carrying(0, 0));

            world.store(
                    world.mail().to(MailMaker.QUEUED, "a@x.example"),
                    world.mail().to(MailMaker.QUEUED, "b@x.example"));

            assertThat(use.carrying(17, 10)).isEqualTo(new Carrying(2, 2));
            assertThat(use.carrying(18, 1)).isEqualTo(new Carrying(1, 1));
            assertThat(use.carrying(1, 10)).as("17 and 18 begin with it").isEqualTo(new Carrying(0, 2));
        }
    }
}
