package io.sealpost.database;

import io.sealpost.database.DatabaseSql.NodeRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Gives out the numbers of nodes and keeps them alive. Thread-safe. */
public final class Nodes {
    /** How the name of a node begins that lives as long as a command. */
    public static final String COMMAND = "command-";

    private static final long OPERATOR_TENANT = 1;
    private static final Duration FORGOTTEN = Duration.ofDays(1);
    /** Three heartbeats and a bit. */
    private static final Duration SEEN_LATELY = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final Clock clock;
    private final LeaseCheck leases;

    /** Whether a node number still holds leases of anything; asked before a dead node's number is given to another. */
    public interface LeaseCheck {
        /** True while any row is leased to {@code node}. */
        boolean holdsLeases(Handle handle, int node);
    }

    /** The clock is the {@link DatabaseClock}: it judges when a dead node is forgotten. */
    public Nodes(Transactions transactions, Clock clock, LeaseCheck leases) {
        this.transactions = transactions;
        this.clock = clock;
        this.leases = leases;
    }

    /**
     * A number for the node of this lasting name: the one it had, in a new incarnation; or the lowest free one. A number whose node
     * has been dead for a day and holds no lease is free again. Throws IllegalStateException when all 1,024 are taken.
     */
    public NodeNumber register(String name) {
        while (true) { // Another node may be quicker; each round sees its number taken.
            try {
                NodeNumber mine = transactions.run(handle -> tryRegister(handle, name));
                if (mine.incarnation() > 0) {
                    return mine;
                }
            } catch (StoreUnavailable away) {
                throw away;
            } catch (RuntimeException failure) {
                if (SqlTrouble.of(failure) != SqlTrouble.DUPLICATE_KEY) {
                    throw failure;
                }
            }
        }
    }

    /** Counts the heartbeat one up, every few seconds. False: the number is no longer ours, and nothing may be leased to it. */
    public boolean beat(NodeNumber node) {
        return transactions.run(handle -> DatabaseSql.beat(handle, node, now())) == 1;
    }

    /** Gives the number back at once: for a command that had one for its life. Does nothing when it is no longer ours. */
    public void release(NodeNumber node) {
        transactions.run(handle -> DatabaseSql.deleteNode(handle, node));
    }

    /**
     * Asks every node to read its settings again, by the change feed, and writes down who did.
     *
     * @param actor for the audit
     * @return how many nodes serve now, as their heartbeats of the last ten seconds tell
     */
    public long askToReload(String actor) {
        return transactions.run(handle -> {
            Instant now = clock.instant();
            Audit.append(handle, new AuditEntry(OPERATOR_TENANT, actor, "reload", "", Map.of(), now));
            ChangeFeed.append(handle, ChangeKind.RELOAD, "", now);
            LocalDateTime since = SqlTimes.toSql(now.minus(SEEN_LATELY));
            return DatabaseSql.nodes(handle).stream()
                    .filter(row ->
                            !row.name().startsWith(COMMAND) && row.beatAt().isAfter(since))
                    .count();
        });
    }

    /** Incarnation 0 when another node was quicker. */
    private NodeNumber tryRegister(Handle handle, String name) {
        NodeRow mine = DatabaseSql.nodeByName(handle, name).orElse(null);
        if (mine != null) {
            return take(handle, mine, name);
        }
        Map<Integer, NodeRow> taken = new HashMap<>();
        DatabaseSql.nodes(handle).forEach(row -> taken.put(row.id(), row));
        for (int number = 0; number <= TimeOrderedIds.MAX_NODE; number++) {
            NodeRow row = taken.get(number);
            if (row == null) {
                DatabaseSql.insertNode(handle, number, name, now());
                return new NodeNumber(number, 1, name);
            }
            if (isForgotten(row) && !leases.holdsLeases(handle, number)) {
                return take(handle, row, name);
            }
        }
        throw new IllegalStateException("all " + taken.size() + " node numbers are taken");
    }

    private NodeNumber take(Handle handle, NodeRow row, String name) {
        boolean ours = DatabaseSql.takeNode(handle, row, name, now()) == 1;
        return new NodeNumber(row.id(), ours ? row.incarnation() + 1 : 0, name);
    }

    private boolean isForgotten(NodeRow row) {
        return row.beatAt().isBefore(now().minus(FORGOTTEN));
    }

    private LocalDateTime now() {
        return SqlTimes.toSql(clock.instant());
    }

    /** Every node with its last heartbeat, by number; throws {@link StoreUnavailable} when the database is away. */
    public List<SeenNode> seen() {
        return transactions.read(DatabaseSql::nodes).stream()
                .map(row -> new SeenNode(row.id(), row.name(), SqlTimes.fromSql(row.beatAt())))
                .toList();
    }

    /** The heartbeat of every node, by its number, for {@link NodeWatch}. */
    Map<Integer, String> heartbeats() {
        List<NodeRow> rows = transactions.read(DatabaseSql::nodes);
        Map<Integer, String> beats = new HashMap<>();
        Function<NodeRow, String> beat = row -> row.incarnation() + ":" + row.heartbeat();
        rows.forEach(row -> beats.put(row.id(), beat.apply(row)));
        return beats;
    }
}
