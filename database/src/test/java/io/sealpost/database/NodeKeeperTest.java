package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NodeKeeperTest {
    @Test
    void beatsUntilTheNumberIsLost() {
        try (Database database = Database.open(TestServer.migratedSchema())) {
            Nodes nodes = new Nodes(database.transactions(), database.clock(), (handle, node) -> false);
            NodeNumber mine = nodes.register("a");
            NodeWatch watch = new NodeWatch(nodes, Duration.ofSeconds(10), System::nanoTime);
            Pulse pulse = new Pulse(Duration.ofSeconds(10), System::nanoTime, Clock.systemUTC(), database.clock());
            AtomicInteger lost = new AtomicInteger();
            try (NodeKeeper keeper = new NodeKeeper(nodes, mine, watch, pulse, lost::incrementAndGet)) {
                keeper.start();
                await().until(() -> watch.liveNodes().contains(mine.number()));
                assertThat(lost.get()).isZero();
                assertThat(keeper.isHealthy()).isTrue();
                assertThat(pulse.unbrokenSince()).contains(Instant.MIN);

                nodes.register("a"); // Its twin.

                await().atMost(Duration.ofSeconds(10)).until(() -> lost.get() == 1);
                assertThat(keeper.isHealthy()).isFalse();
            }
        }
    }
}
