package io.sealpost.cli.story;

import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.RawSmtpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Several {@code serve} processes on the database of one {@link RelayUnderTest}: the same keys and accounts, a state directory, a name and a
 * port for each. Not thread-safe.
 */
final class RelayNodes implements AutoCloseable {
    /** {@code -Dsealpost.nodes.dead_after=1m} is the default of a relay. */
    static final String DEAD_AFTER = System.getProperty("sealpost.nodes.dead_after", "10s");

    private final RelayUnderTest relay;
    private final List<Node> nodes;
    private final Map<Node, ServeProcess> running = new ConcurrentHashMap<>();

    /** One of them; its name is its hostname's first label. */
    record Node(String name, Path settings, int port) {
        InetSocketAddress address() {
            return Loopback.socket("127.0.0.1", port);
        }

        String hostname() {
            return name + ".office.test";
        }
    }

    private RelayNodes(RelayUnderTest relay, List<Node> nodes) {
        this.relay = relay;
        this.nodes = nodes;
    }

    /** Starts two at once; each takes the other for dead after {@link #DEAD_AFTER} without a beat. */
    static RelayNodes start(RelayUnderTest relay) throws IOException {
        return start(relay, List.of(settings -> settings, settings -> settings));
    }

    /** As many as there are changes of the settings that all have in common. They are a, b, c, and so on. */
    static RelayNodes start(RelayUnderTest relay, List<UnaryOperator<String>> changes) throws IOException {
        List<Node> made = new ArrayList<>();
        for (UnaryOperator<String> change : changes) {
            made.add(node(relay, Character.toString('a' + made.size()), change));
        }
        RelayNodes nodes = new RelayNodes(relay, made);
        try {
            CompletableFuture.allOf(made.stream()
                            .map(node -> CompletableFuture.runAsync(() -> nodes.restart(node)))
                            .toArray(CompletableFuture[]::new))
                    .join();
            return nodes;
        } catch (RuntimeException failed) {
            nodes.running.values().forEach(ServeProcess::destroy);
            throw failed;
        }
    }

    private static Node node(RelayUnderTest relay, String name, UnaryOperator<String> change) throws IOException {
        Node node = new Node(name, relay.settingsFile().resolveSibling(name + ".toml"), Loopback.freePort());
        String shared = change.apply(Files.readString(relay.settingsFile(), StandardCharsets.UTF_8));
        String deadAfter = "node_dead_after = \"" + DEAD_AFTER + "\"\n";
        Files.writeString(
                node.settings(),
                "state_dir = \"" + name + "\"\n"
                        + shared.replace("relay.office.test", node.hostname())
                                .replace("127.0.0.1:0", "127.0.0.1:" + node.port())
                                .replace("[queue]\n", "[queue]\n" + deadAfter),
                StandardCharsets.UTF_8);
        return node;
    }

    private static ServeProcess started(Node node) {
        try {
            return ServeProcess.start(node.settings(), node.port());
        } catch (IOException e) {
            throw new UncheckedIOException("node " + node.name() + " does not start", e);
        }
    }

    /** The name that the delivering node gave in its EHLO. */
    static String deliveredBy(MxMessage mail) {
        return mail.session().commands().stream()
                .filter(line -> line.startsWith("EHLO "))
                .map(line -> line.substring("EHLO ".length()))
                .findFirst()
                .orElseThrow();
    }

    Node a() {
        return nodes.get(0);
    }

    Node b() {
        return nodes.get(1);
    }

    List<Node> all() {
        return nodes;
    }

    /** A session of Anna's. */
    RawSmtpClient login(Node node) {
        return login(node, RelayUnderTest.ANNA.toString(), relay.appPassword());
    }

    RawSmtpClient login(Node node, String user, String password) {
        return RawSmtpClient.connect(node.address())
                .expect("220")
                .say("EHLO client.test", "250")
                .startTls()
                .say("EHLO client.test", "250")
                .authPlain(user, password, "235 2.7.0");
    }

    /** As {@code kill -9}; returns when it is dead. */
    void kill(Node node) throws InterruptedException {
        running.remove(node).kill();
    }

    /** Stands still, as a process that is stopped or a machine that is moved. */
    void pause(Node node) throws IOException, InterruptedException {
        running.get(node).signal("STOP");
    }

    /** Goes on. */
    void resume(Node node) throws IOException, InterruptedException {
        running.get(node).signal("CONT");
    }

    /** What all of them wrote so far. */
    List<String> log() throws IOException {
        return running.values().iterator().next().log();
    }

    void restart(Node node) {
        running.put(node, started(node));
    }

    @Override
    public void close() throws InterruptedException {
        for (ServeProcess process : running.values()) {
            process.close();
        }
    }
}
