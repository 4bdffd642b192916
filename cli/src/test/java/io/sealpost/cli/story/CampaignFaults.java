package io.sealpost.cli.story;

import io.sealpost.cli.story.CampaignFault.Kind;
import io.sealpost.fixtures.CutProxy;
import io.sealpost.fixtures.StatementCutter.Moment;
import io.sealpost.fixtures.StatementCutter.Then;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Breaks what a seed says, and mends it. Not thread-safe. */
final class CampaignFaults {
    /** Others take a node for dead after ten seconds. */
    private static final Duration PAUSE = Duration.ofSeconds(13);

    private static final Duration FULL = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Ten kills, and the rest between them; a disk is filled only when told. */
    private static final Map<Kind, Integer> DECK = Map.of(
            Kind.KILL_NODE, 5,
            Kind.KILL_DATABASE, 3,
            Kind.KILL_ALL, 2,
            Kind.PAUSE_NODE, 1,
            Kind.CUT_CONNECTIONS, 2,
            Kind.LOSE_ANSWERS, 2,
            Kind.CUT_STATEMENT, 4);

    private final CampaignWorld world;
    private final CampaignLedger ledger;
    private final Random random;
    private List<Kind> deck = List.of();

    CampaignFaults(CampaignWorld world, CampaignLedger ledger, long seed) {
        this.world = world;
        this.ledger = ledger;
        this.random = new Random(seed);
    }

    /** Breaks one thing in the middle of the traffic; returns when all runs again. */
    Kind next() throws Exception {
        Kind kind = drawn();
        awaitTraffic();
        List<CampaignNode> nodes = new ArrayList<>(world.nodes());
        Collections.shuffle(nodes, random);
        CampaignNode one = nodes.get(0);
        switch (kind) {
            case FULL_DISK -> fillDisk();
            case KILL_NODE -> {
                one.kill();
                mended(kind, Set.of(one.name()), one::start);
            }
            case KILL_DATABASE -> {
                world.database().kill();
                mended(kind, Set.of(), world.database()::restart);
            }
            case KILL_ALL -> {
                inParallel(Stream.concat(
                        nodes.stream().map(node -> node::kill),
                        Stream.of(() -> world.database().kill())));
                mended(kind, names(nodes), () -> restart(nodes));
            }
            case PAUSE_NODE -> pause(PAUSE);
            case CUT_CONNECTIONS -> mended(kind, Set.of(), one.way()::breakConnections);
            case LOSE_ANSWERS -> mended(kind, Set.of(), this::loseAnswers);
            case CUT_STATEMENT -> mended(kind, Set.of(), () -> cutStatement(one));
        }
        world.relay().mx().forget();
        return kind;
    }

    /** Writes down what has just been broken, once it is mended. */
    private void mended(Kind kind, Set<String> hurt, Mending mending) throws Exception {
        long from = System.nanoTime();
        mending.run();
        ledger.broken(new CampaignFault(kind, hurt, from, System.nanoTime()));
    }

    private interface Mending {
        void run() throws Exception;
    }

    /** A node is stopped for so long, in the middle of the traffic. */
    void pause(Duration time) throws Exception {
        awaitTraffic();
        CampaignNode node = world.nodes().get(random.nextInt(2));
        node.process().signal("STOP");
        mended(Kind.PAUSE_NODE, Set.of(node.name()), () -> {
            long end = System.nanoTime() + time.toNanos();
            await(time.plusMinutes(1)).until(() -> {
                world.relay().mx().forget(); // Else minutes of mail would fill the memory.
                return System.nanoTime() > end;
            });
            node.process().signal("CONT");
        });
    }

    /** The disk is full until mail has been refused for it for a while. */
    void fillDisk() throws Exception {
        awaitTraffic();
        SmallDisk disk = world.disk().orElseThrow();
        disk.fill();
        mended(Kind.FULL_DISK, Set.of(), () -> {
            int refused = ledger.refused("451 4.3.0");
            await(PATIENCE).until(() -> ledger.refused("451 4.3.0") > refused);
            await(FULL.plusMinutes(1)).pollDelay(FULL).until(() -> true);
            disk.makeRoom();
            world.database().kill(); // It may have died of it already. Its service manager starts it again.
            world.database().restart();
        });
        world.relay().mx().forget();
    }

    private Kind drawn() {
        if (deck.isEmpty()) {
            deck = new ArrayList<>();
            Stream.of(Kind.values())
                    .forEach(kind -> deck.addAll(Collections.nCopies(DECK.getOrDefault(kind, 0), kind)));
            Collections.shuffle(deck, random);
        }
        return deck.remove(0);
    }

    /** Mail flows both ways again, and then up to a second more. */
    private void awaitTraffic() {
        int promises = ledger.promises() + 20 + random.nextInt(80);
        int arrivals = ledger.arrivals() + 20;
        await(PATIENCE).until(() -> ledger.promises() > promises && ledger.arrivals() > arrivals);
    }

    private static Set<String> names(List<CampaignNode> nodes) {
        return nodes.stream().map(CampaignNode::name).collect(Collectors.toSet());
    }

    private void restart(List<CampaignNode> nodes) {
        world.database().restart();
        inParallel(nodes.stream().map(node -> node::start));
    }

    private static void inParallel(Stream<Runnable> work) {
        work.map(CompletableFuture::runAsync).toList().forEach(CompletableFuture::join);
    }

    private void loseAnswers() throws InterruptedException {
        CutProxy front = world.database().front();
        front.stallAnswers();
        front.awaitHeldAnswer();
        LockSupport.parkNanos(random.nextInt(20_000_000)); // More statements run into it.
        front.breakConnections();
        front.reopen();
    }

    private void cutStatement(CampaignNode node) {
        List<Moment> moments = List.of(Moment.values());
        Moment moment = moments.get(random.nextInt(moments.size()));
        node.way().cutAt(1 + random.nextInt(50), moment, Then.BACK);
        await(PATIENCE).until(() -> node.way().wasCut());
        node.way().letThrough();
    }

    private static ConditionFactory await(Duration atMost) {
        return Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(atMost);
    }
}
