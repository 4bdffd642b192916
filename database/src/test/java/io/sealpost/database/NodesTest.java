package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodesTest {
    private static Database database;

    private final Ticker ticker = new Ticker();
    private final Set<Integer> leasing = new HashSet<>();
    private Nodes nodes;
    private NodeWatch watch;

    @BeforeAll
    static void open() {
        database = Database.open(TestServer.migratedSchema());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.transactions().run(handle -> handle.execute("DELETE FROM node"));
        nodes = new Nodes(database.transactions(), ticker.clock(), (handle, node) -> leasing.contains(node));
        watch = new NodeWatch(nodes, Duration.ofMinutes(1), ticker);
    }

    @Test
    void givesTheLowestFreeNumber() {
        nodes.register("a");
        NodeNumber b = nodes.register("b");
        assertThat(nodes.register("c").number()).isEqualTo(2);
        nodes.release(b);

        assertThat(nodes.register("d").number()).isEqualTo(1);
    }

    @Test
    void showsEveryNodeWithItsLastHeartbeat() {
        NodeNumber a = nodes.register("a");
        ticker.pass(Duration.ofMinutes(5));
        nodes.register("b");
        ticker.pass(Duration.ofMinutes(5));
        nodes.beat(a);

        assertThat(nodes.seen()).extracting(SeenNode::name).containsExactly("a", "b");
        assertThat(Duration.between(
                        nodes.seen().get(1).beatAt(), nodes.seen().get(0).beatAt()))
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void raisesTheIncarnationOfANodeThatComesBack() {
        NodeNumber before = nodes.register("a");
        NodeNumber after = nodes.register("a");

        assertThat(after.number()).isEqualTo(before.number());
        assertThat(after.incarnation()).isEqualTo(before.incarnation() + 1);
        assertThat(nodes.beat(before)).isFalse();
        assertThat(nodes.beat(after)).isTrue();
    }

    @Test
    void givesTheNumberOfANodeThatIsDeadForADayToAnother() {
        NodeNumber old = nodes.register("a");
        ticker.pass(Duration.ofHours(23));
        assertThat(nodes.register("b").number()).isEqualTo(1);
        ticker.pass(Duration.ofHours(2));

        NodeNumber fresh = nodes.register("c");

        assertThat(fresh.number()).isEqualTo(old.number());
        assertThat(nodes.beat(old)).isFalse();
        nodes.release(old); // Not its own any more.
        assertThat(nodes.beat(fresh)).isTrue();
    }

    @Test
    void keepsTheNumberOfADeadNodeThatHoldsLeases() {
        leasing.add(nodes.register("a").number());
        ticker.pass(Duration.ofDays(30));

        assertThat(nodes.register("b").number()).isEqualTo(1);
    }

    @Test
    void givesManyThatStartAtOnceDifferentNumbers() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<NodeNumber>> starting = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String name = "node-" + i;
            starting.add(threads.submit(() -> nodes.register(name)));
        }
        Set<Integer> numbers = new HashSet<>();
        for (Future<NodeNumber> one : starting) {
            numbers.add(one.get().number());
        }
        threads.shutdown();

        assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    @Test
    void saysWhenAllNumbersAreTaken() {
        database.transactions()
                .run(handle -> handle.execute("""
                INSERT INTO node (id, name, incarnation, heartbeat, beat_at)
                SELECT seq, CONCAT('n', seq), 1, 1, ? FROM seq_0_to_1023""", SqlTimes.toSql(ticker.clock().instant())));

        assertThatThrownBy(() -> nodes.register("one more"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1024");
    }

    @Test
    void aNodeIsDeadWhenItsHeartStoodStillForAMinute() {
        NodeNumber living = nodes.register("living");
        NodeNumber dying = nodes.register("dying");
        for (int second = 0; second < 60; second += 5) {
            nodes.beat(living);
            watch.observe();
            assertThat(watch.deadNodes()).isEmpty();
            ticker.pass(Duration.ofSeconds(5));
        }
        nodes.beat(living);
        watch.observe();

        assertThat(watch.deadNodes()).containsExactly(dying.number());
        assertThat(watch.liveNodes()).containsExactly(living.number());
        nodes.beat(dying);
        watch.observe();
        assertThat(watch.deadNodes()).isEmpty();
    }

    @Test
    void aCallToReloadGoesToTheFeedAndCountsThoseThatServeNow() {
        nodes.register("gone");
        ticker.pass(Duration.ofSeconds(11));
        nodes.register("one");
        nodes.register("two");
        nodes.register(Nodes.COMMAND + "1");

        assertThat(nodes.askToReload("root@host")).isEqualTo(2);

        List<Change> heard = new ArrayList<>();
        ChangeFeedReader feed = new ChangeFeedReader(database.transactions(), ticker.clock(), System::nanoTime);
        feed.listen(new ChangeListener() {
            @Override
            public void changed(Change change) {
                heard.add(change);
            }

            @Override
            public void dropAll() {}
        });
        feed.read();
        feed.close();
        assertThat(heard).extracting(Change::kind).containsExactly(ChangeKind.RELOAD);
        assertThat(database.transactions()
                        .<String>read(handle -> handle.select("SELECT actor FROM audit WHERE action = 'reload'")
                                .mapTo(String.class)
                                .one()))
                .isEqualTo("root@host");
    }

    @Test
    void nobodyIsDeadBecauseNobodyLooked() {
        NodeNumber node = nodes.register("a");
        watch.observe();
        ticker.pass(Duration.ofMinutes(10)); // The database was away: no heart could beat.
        watch.observe();
        assertThat(watch.deadNodes()).isEmpty();

        ticker.pass(Duration.ofSeconds(3));
        nodes.beat(node);
        watch.observe();
        assertThat(watch.liveNodes()).containsExactly(node.number());
    }

    @Test
    void aNodeThatFellSilentLosesItsShareLongBeforeItIsDead() {
        NodeNumber node = nodes.register("a");
        watch.observe();
        ticker.pass(Duration.ofSeconds(3));
        nodes.beat(node);
        watch.observe();
        assertThat(watch.liveNodes()).containsExactly(node.number());

        ticker.pass(Duration.ofSeconds(12));
        watch.observe();

        assertThat(watch.liveNodes()).isEmpty();
        assertThat(watch.deadNodes()).isEmpty();
    }

    @Test
    void aNumberThatACommandHoldsHasNoShare() {
        nodes.register("command-x");
        watch.observe();
        ticker.pass(Duration.ofSeconds(3));
        watch.observe();

        assertThat(watch.liveNodes()).isEmpty();
    }
}
