package io.sealpost.cli.story;

import io.sealpost.cli.story.CampaignLedger.Arrival;
import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.PrivateMariaDb;
import io.sealpost.fixtures.StatementCutter;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.queue.QueueFilter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A MariaDB on a disk of its own where one can be mounted, two {@code serve} processes on it, each by a way of its own that can be cut,
 * and a receiver that writes into the ledger.
 */
final class CampaignWorld implements AutoCloseable {
    private static final int VERIFIED = 20; // Every twentieth mail.
    private static final int MOST_VERIFIED = 1_000; // They are kept in memory, large ones among them.

    private final Optional<SmallDisk> disk;
    private final PrivateMariaDb database;
    private final RelayUnderTest relay;
    private final CampaignLedger ledger;
    private final Queue<byte[]> sample = new ConcurrentLinkedQueue<>();
    private final CampaignNode a;
    private final CampaignNode b;

    /** The disk is empty, and ended with the world. */
    CampaignWorld(Path folder, CampaignLedger ledger, Optional<SmallDisk> disk) throws IOException {
        this.ledger = ledger;
        this.disk = disk;
        this.database = disk.map(small -> PrivateMariaDb.startIn(small.folder().resolve("database")))
                .orElseGet(PrivateMariaDb::start);
        String noLimits = RelayUnderTest.NO_LIMITS;
        relay = RelayUnderTest.bareOn(database, folder, noLimits);
        relay.addKeys(KeyAlgorithm.RSA, KeyAlgorithm.ED25519);
        relay.dns()
                .change(zones ->
                        zones.mx("a.test", 10, "mx.a.test", "127.0.0.2").mx("b.test", 10, "mx.b.test", "127.0.0.3"));
        relay.mx().onMessage(this::arrived);
        a = node("a");
        b = node("b");
    }

    private CampaignNode node(String name) throws IOException {
        StatementCutter way = StatementCutter.to(database::address);
        int port = Loopback.freePort();
        Path settings = relay.settingsFile().resolveSibling(name + ".toml");
        String shared = Files.readString(relay.settingsFile(), StandardCharsets.UTF_8);
        Files.writeString(
                settings,
                "state_dir = \"" + name + "\"\n"
                        + shared.replace("relay.office.test", name + ".office.test")
                                .replace("127.0.0.1:0", "127.0.0.1:" + port)
                                .replace(
                                        "127.0.0.1:" + database.address().getPort(),
                                        "127.0.0.1:" + way.address().getPort())
                                .replace("[queue]\n", "[queue]\nnode_dead_after = \"10s\"\n"),
                StandardCharsets.UTF_8);
        return new CampaignNode(name, settings, port, way);
    }

    private void arrived(MxMessage message) {
        String text = message.text();
        int number = CampaignMail.numberIn(text);
        String node = message.session().commands().stream()
                .filter(line -> line.startsWith("EHLO "))
                .map(line -> line.substring("EHLO ".length()).replace(".office.test", ""))
                .findFirst()
                .orElse("?");
        long now = System.nanoTime();
        message.rcptTo()
                .forEach(recipient ->
                        ledger.arrived(new Arrival(number, CampaignMail.queueIdIn(text), recipient, node, now)));
        if (number % VERIFIED == 0 && sample.size() < MOST_VERIFIED) {
            sample.add(message.content());
        }
    }

    RelayUnderTest relay() {
        return relay;
    }

    PrivateMariaDb database() {
        return database;
    }

    /** Where the database's data is; empty where that cannot be filled. */
    Optional<SmallDisk> disk() {
        return disk;
    }

    List<CampaignNode> nodes() {
        return List.of(a, b);
    }

    List<InetSocketAddress> addresses() {
        return nodes().stream().map(CampaignNode::address).toList();
    }

    /** Ids of mails that arrived with a signature missing or wrong, of those that are looked at. */
    List<String> unsigned() {
        List<Verdict.Kind> good = List.of(Verdict.Kind.PASS, Verdict.Kind.PASS);
        return sample.stream()
                .filter(content -> !relay.verdicts(content).equals(good))
                .map(content -> CampaignMail.queueIdIn(new String(content, StandardCharsets.ISO_8859_1)))
                .toList();
    }

    boolean isQueueEmpty() {
        return relay.administer(administration ->
                administration.queue().list(QueueFilter.ALL, 1).isEmpty());
    }

    @Override
    public void close() throws InterruptedException {
        for (CampaignNode node : nodes()) {
            node.close();
        }
        relay.close();
        database.close();
        if (disk.isPresent()) {
            disk.get().close();
        }
    }
}
