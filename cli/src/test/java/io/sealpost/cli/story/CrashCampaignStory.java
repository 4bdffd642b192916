package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.story.CampaignFault.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mail from many connections to two nodes while nodes and MariaDB are killed, stopped and cut off, again and again: what got its 250 is
 * delivered, what arrives twice was under way at a kill, and nothing is left behind.
 *
 * <p>{@code sealpost.crash.kills} (10), {@code sealpost.crash.seed} for what is broken and when, {@code sealpost.crash.rate} (100) mails
 * a second; {@code sealpost.soak.minutes} (60) for the long form.
 */
class CrashCampaignStory {
    private static final int CONNECTIONS = 8;
    private static final int RATE = Integer.getInteger("sealpost.crash.rate", 100);
    private static final int KILLS = Integer.getInteger("sealpost.crash.kills", 10);
    private static final long SEED = Long.getLong("sealpost.crash.seed", System.nanoTime());
    private static final Duration SOAK = Duration.ofMinutes(Integer.getInteger("sealpost.soak.minutes", 60));
    /** A lease is five minutes long. */
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(330);

    /** Of the disk that is filled: what an hour's journal needs, and then some. */
    private static final int MEGABYTES = 3_000;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private final CampaignLedger ledger = new CampaignLedger();
    private final Map<Kind, Integer> done = new EnumMap<>(Kind.class);

    @Test
    @Tag("crash")
    void everyMailThatGotIts250IsDelivered() throws Exception {
        run(Optional.empty(), faults -> {
            while (kills() < KILLS || !done.containsKey(Kind.PAUSE_NODE)) {
                next(faults);
            }
        });
    }

    @Test
    @Tag("soak")
    void everyMailThatGotIts250IsDeliveredForAnHour() throws Exception {
        long end = System.nanoTime() + SOAK.toNanos();
        Optional<SmallDisk> disk = SmallDisk.of(MEGABYTES, folder);
        run(disk, faults -> {
            if (disk.isPresent()) {
                faults.fillDisk();
                done.merge(Kind.FULL_DISK, 1, Integer::sum);
            } else {
                System.out.println("LEFT OUT: the full disk needs root and a file system that can be mounted");
            }
            if (SOAK.compareTo(LONGER_THAN_A_LEASE.multipliedBy(2)) > 0) {
                faults.pause(LONGER_THAN_A_LEASE);
                done.merge(Kind.PAUSE_NODE, 1, Integer::sum);
            }
            while (System.nanoTime() < end) {
                next(faults);
            }
        });
    }

    private interface Course {
        void run(CampaignFaults faults) throws Exception;
    }

    private void run(Optional<SmallDisk> disk, Course course) throws Exception {
        long start = System.nanoTime();
        try (CampaignWorld world = new CampaignWorld(folder, ledger, disk);
                CampaignClients clients =
                        new CampaignClients(ledger, world.relay().appPassword())) {
            world.nodes().forEach(CampaignNode::start);
            clients.start(world.addresses(), CONNECTIONS, RATE);
            course.run(new CampaignFaults(world, ledger, SEED));
            clients.end(PATIENCE);
            awaitEmpty(world);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf(
                    "crash campaign: seed %d, %d s, %d mails promised, %d arrivals, %d kills %s, lost %s, copies %s, without 250 %s%n",
                    SEED,
                    time.toSeconds(),
                    ledger.promises(),
                    ledger.arrivals(),
                    kills(),
                    done,
                    ledger.lost(),
                    ledger.copies(),
                    ledger.refusals());
            check(world);
        }
    }

    /** What takes longer is shown: it hangs on something else than the pace of the machine. */
    private static void awaitEmpty(CampaignWorld world) {
        ConditionFactory waiting = Awaitility.await().pollInterval(Duration.ofMillis(200));
        try {
            waiting.atMost(PATIENCE).until(world::isQueueEmpty);
        } catch (ConditionTimeoutException slow) {
            System.out.printf(
                    "crash campaign: after %s there wait %s%n", PATIENCE, new CampaignTables(world.relay()).waiting());
            waiting.atMost(LONGER_THAN_A_LEASE.multipliedBy(2)).until(world::isQueueEmpty);
        }
    }

    private void next(CampaignFaults faults) throws Exception {
        done.merge(faults.next(), 1, Integer::sum);
    }

    private int kills() {
        return done.entrySet().stream()
                .filter(entry -> entry.getKey().isKill())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private void check(CampaignWorld world) throws Exception {
        assertThat(ledger.lost()).isEmpty();
        assertThat(ledger.copies().keySet()).noneMatch(cause -> cause.startsWith("UNEXPLAINED"));
        assertThat(world.unsigned()).isEmpty();
        CampaignTables tables = new CampaignTables(world.relay());
        assertThat(tables.leftBehind())
                .as("rows of message and content that no sweep takes")
                .isZero();
        assertThat(tables.settledOtherwiseThanOnce()).isEmpty();
        assertThat(tables.accepted()).containsAll(ledger.promisedIds());
        assertThat(faultsOfOurOwn()).isEmpty();
    }

    private Set<String> faultsOfOurOwn() throws Exception {
        List<String> log = Files.readAllLines(folder.resolve("serve.log"));
        return log.stream().filter(line -> line.contains(" ERROR ")).collect(Collectors.toSet());
    }
}
