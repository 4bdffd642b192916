package io.sealpost.cli.doctor;

import io.sealpost.cli.console.Times;
import io.sealpost.cli.wiring.Store;
import io.sealpost.database.Nodes;
import io.sealpost.database.SeenNode;
import io.sealpost.queue.jdbc.JdbcQueueMaintenance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Which nodes serve, by their heartbeats in the database. */
final class NodesCheck implements Check {

    private static final Duration FORGOTTEN = Duration.ofDays(1);

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public List<Finding> look(Patient patient) {
        Store store = patient.store();
        Instant now = store.clock().instant();
        Duration deadAfter = patient.settings().queue().nodeDeadAfter();
        List<SeenNode> nodes = new Nodes(store.transactions(), store.clock(), JdbcQueueMaintenance::holdsLeases)
                .seen().stream()
                        .filter(node -> !node.name().startsWith(Nodes.COMMAND))
                        .toList();
        List<SeenNode> alive = nodes.stream()
                .filter(node -> silent(node, now).compareTo(deadAfter) <= 0)
                .toList();
        List<Finding> findings = new ArrayList<>();
        findings.add(
                alive.isEmpty()
                        ? Finding.warning(
                                "no node serves now: mail is neither taken nor delivered", "start one: sealpost serve")
                        : Finding.ok(alive.size()
                                + (alive.size() == 1 ? " node serves: " : " nodes serve: ")
                                + alive.stream()
                                        .map(node -> "node " + node.number())
                                        .collect(Collectors.joining(", "))));
        nodes.stream()
                .filter(node -> silent(node, now).compareTo(deadAfter) > 0)
                .filter(node -> silent(node, now).compareTo(FORGOTTEN) <= 0)
                .filter(node -> !alive.isEmpty())
                .forEach(node -> findings.add(Finding.warning(
                        "node " + node.number() + " (" + node.name() + ") has been silent for "
                                + Times.shown(silent(node, now)) + "; the others have taken its mail over",
                        "start it again; if it was taken away on purpose, it is forgotten after a day")));
        return findings;
    }

    private static Duration silent(SeenNode node, Instant now) {
        return Duration.between(node.beatAt(), now);
    }
}
