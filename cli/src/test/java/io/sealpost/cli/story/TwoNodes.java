package io.sealpost.cli.story;

import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.RawSmtpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Two {@code serve} processes on the database of one {@link RelayUnderTest}: the same keys and accounts, a state directory, a name and a
 * port for each. Not thread-safe.
 */
final class TwoNodes implements AutoCloseable {
    private final RelayUnderTest relay;
    private final Node a;
    private final Node b;
    private final Map<Node, ServeProcess> running = new HashMap<>();

    /** One of them; its name is its hostname's first label. */
    record Node(String name, Path settings, int port) {
        InetSocketAddress address() {
            return Loopback.socket("127.0.0.1", port);
        }

        String hostname() {
            return name + ".office.test";
        }
    }

    private TwoNodes(RelayUnderTest relay, Node a, Node b) {
        this.relay = relay;
        this.a = a;
        this.b = b;
    }

    /** Starts both at once; each takes the other for dead after ten seconds without a beat. */
    static TwoNodes start(RelayUnderTest relay) throws IOException {
        TwoNodes nodes = new TwoNodes(relay, node(relay, "a"), node(relay, "b"));
        CompletableFuture<ServeProcess> first = CompletableFuture.supplyAsync(() -> started(nodes.a));
        nodes.running.put(nodes.b, started(nodes.b));
        nodes.running.put(nodes.a, first.join());
        return nodes;
    }

    private static Node node(RelayUnderTest relay, String name) throws IOException {
        Node node = new Node(name, relay.settingsFile().resolveSibling(name + ".toml"), Loopback.freePort());
        String shared = Files.readString(relay.settingsFile(), StandardCharsets.UTF_8);
        Files.writeString(
                node.settings(),
                "state_dir = \"" + name + "\"\n"
                        + shared.replace("relay.office.test", node.hostname())
                                .replace("127.0.0.1:0", "127.0.0.1:" + node.port())
                                .replace("[queue]\n", "[queue]\nnode_dead_after = \"10s\"\n"),
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

    Node a() {
        return a;
    }

    Node b() {
        return b;
    }

    List<Node> both() {
        return List.of(a, b);
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
