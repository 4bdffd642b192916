package io.sealpost.cli.wiring;

import io.sealpost.cli.config.Settings;
import io.sealpost.database.NodeNumber;
import io.sealpost.database.Nodes;
import io.sealpost.keys.DataKeys;
import io.sealpost.queue.jdbc.JdbcQueueMaintenance;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A process that serves: node identity, store and relay, opened in that order and closed the other way round. Not thread-safe. */
public final class Serving implements AutoCloseable {
    private final NodeIdentity identity;
    private final Store store;
    private final Relay relay;

    private Serving(NodeIdentity identity, Store store, Relay relay) {
        this.identity = identity;
        this.store = store;
        this.relay = relay;
    }

    /**
     * Opens everything and starts to take mail.
     *
     * @param progress hears a line about what takes longer
     * @throws io.sealpost.cli.console.Fault when something is not as it must be
     * @throws io.sealpost.relay.smtp.ListenerFault when a port or the spool cannot be used
     * @throws io.sealpost.relay.smtp.tls.CertificateFault when a certificate cannot be used
     */
    public static Serving start(Settings settings, Consumer<String> progress) {
        NodeIdentity identity = NodeIdentity.take(settings.stateDir());
        Store store = null;
        Relay relay = null;
        try {
            store = Store.openToServe(settings, progress);
            DataKeys dataKeys = Administration.openDataKeys(settings, store);
            Nodes nodes = new Nodes(store.transactions(), store.clock(), JdbcQueueMaintenance::holdsLeases);
            NodeNumber number = nodes.register(identity.name());
            relay = RelayAssembly.assemble(settings, store, dataKeys, number);
            relay.start();
            return new Serving(identity, store, relay);
        } catch (RuntimeException failed) {
            if (relay != null) {
                relay.close();
            }
            if (store != null) {
                store.close();
            }
            identity.close();
            throw failed;
        }
    }

    /** As {@link Relay#onReload}. */
    public void onReload(Runnable reload) {
        relay.onReload(reload);
    }

    /** As {@link Relay#reload}. */
    public List<String> reload(Settings wanted) {
        return relay.reload(wanted);
    }

    /** As {@link Relay#onLost}. */
    public void onLost(Runnable end) {
        relay.onLost(end);
    }

    /** As {@link Relay#isHealthy}. */
    public boolean isHealthy() {
        return relay.isHealthy();
    }

    /** Where it listens, by the name of the listener. */
    public Map<String, InetSocketAddress> addresses() {
        return relay.addresses();
    }

    /** Lets what is under way end, within the time, and closes; an interrupt cuts it short. */
    public void drain(Duration time) {
        relay.drain(time);
        closeRest();
    }

    @Override
    public void close() {
        relay.close();
        closeRest();
    }

    private void closeRest() {
        store.close();
        identity.close();
    }
}
