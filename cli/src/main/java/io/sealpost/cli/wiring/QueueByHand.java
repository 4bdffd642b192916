package io.sealpost.cli.wiring;

import io.sealpost.cli.config.Settings;
import io.sealpost.database.Nodes;
import io.sealpost.database.SeenNode;
import io.sealpost.database.TimeOrderedIds;
import io.sealpost.keys.DataKeys;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueInspection;
import io.sealpost.queue.QueueVerification;
import io.sealpost.queue.jdbc.JdbcQueueFailing;
import io.sealpost.queue.jdbc.JdbcQueueInspection;
import io.sealpost.queue.jdbc.JdbcQueueMaintenance;
import io.sealpost.queue.jdbc.JdbcQueueVerification;
import io.sealpost.queue.jdbc.QueueSettings;
import io.sealpost.relay.bounce.GivenUpByHand;
import io.sealpost.relay.bounce.Notices;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a command does to the queue as a node would: with keys to sign notices with, or ids of its own. Not thread-safe. */
public final class QueueByHand {
    private final Settings settings;
    private final Store store;
    private final String actor;
    private final Supplier<DataKeys> dataKeys;
    private final Supplier<Ids> ids;

    /**
     * Ids that nobody else makes.
     *
     * @param node the number that they are made under, held by this process
     */
    record Ids(int node, TimeOrderedIds next) {}

    /** {@code dataKeys} and {@code ids} are asked for when they are needed. */
    QueueByHand(Settings settings, Store store, String actor, Supplier<DataKeys> dataKeys, Supplier<Ids> ids) {
        this.settings = settings;
        this.store = store;
        this.actor = actor;
        this.dataKeys = dataKeys;
        this.ids = ids;
    }

    /**
     * Gives waiting mail up, with a signed notice to each sender, as {@link io.sealpost.queue.QueueFailing#fail}; it needs the master
     * key.
     */
    public int fail(QueueFilter what, Optional<String> reason) {
        Ids own = ids.get();
        QueueSettings queue = QueueSettings.ofNode(own.node());
        Notices notices = SigningByHand.notices(settings, store, dataKeys.get(), own.next()::next);
        return new JdbcQueueFailing(store.transactions(), store.clock(), own.next(), queue, actor)
                .fail(what, reason, new GivenUpByHand(notices, store.clock()));
    }

    /** Looks for rows of the queue that do not fit together; a node counts as living as for the other nodes. */
    public void verify(QueueVerification.Mode mode, QueueVerification.Listener listener) {
        Nodes nodes = new Nodes(store.transactions(), store.clock(), JdbcQueueMaintenance::holdsLeases);
        Instant since = store.clock().instant().minus(settings.queue().nodeDeadAfter());
        Set<Integer> living = nodes.seen().stream()
                .filter(node -> node.beatAt().isAfter(since))
                .map(SeenNode::number)
                .collect(Collectors.toSet());
        QueueInspection queue = new JdbcQueueInspection(
                store.transactions(), store.clock(), () -> ids.get().next().next(), actor);
        new JdbcQueueVerification(store.transactions(), store.clock(), queue, actor).verify(mode, living, listener);
    }
}
