package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.fixtures.StatementCutter;
import io.sealpost.fixtures.StatementCutter.Moment;
import io.sealpost.fixtures.StatementCutter.Then;
import io.sealpost.keys.KeyAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} before each statement that {@code dkim activate}, with and without {@code --wait}, and the first {@code dkim create}
 * send to the database: a key signs or it does not, and the next call ends as if nothing was. The statements are found by counting, so
 * that one that is added later is a point, too; a share of them in CI.
 */
@Tag("crash")
class KilledAtEachStatementStory {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** How many statements of each command; with a large number all of them. */
    private static final int POINTS = Integer.getInteger("sealpost.crash.points", 12);

    private static final String KEYS = "SELECT COUNT(*) FROM dkim_key";
    private static final String DONE = "SELECT COUNT(*) FROM audit WHERE action = 'dkim.%s'";

    @TempDir
    private Path folder;

    private StatementCutter cutter;
    private RelayUnderTest relay;
    private Commands commands;

    @BeforeEach
    void open() throws IOException {
        relay = RelayUnderTest.bare(folder, "", database -> {
            cutter = StatementCutter.to(database.server()::address);
            return database.settingsVia(cutter);
        });
        commands = new Commands(relay.settingsFile());
    }

    @AfterEach
    void close() {
        relay.close();
        cutter.close();
    }

    @Test
    void anActivation() throws Exception {
        List<Long> old = makeKeysThatAreFollowed();
        publishAll();

        int points = eachPoint("dkim activate office.test", () -> backToPending(old), this::finishActivation);

        assertThat(points).as("statements").isGreaterThan(20);
    }

    @Test
    void anActivationThatWaits() throws Exception {
        List<Long> old = makeKeysThatAreFollowed();
        List<JsonNode> records = pendingRecords();
        publish(records.get(0));
        Process waiting = new CommandProcesses(relay.settingsFile()).begin("dkim activate office.test --wait 10m");
        try {
            await().atMost(PATIENCE).until(() -> count(DONE.formatted("activate")) == 3);
        } finally {
            waiting.destroyForcibly().waitFor();
        }
        assertThat(states()).containsEntry("rsa", "retiring active").containsEntry("ed25519", "active pending");

        publish(records.get(1));
        int points = eachPoint(
                "dkim activate office.test --wait 10m",
                () -> sql(
                        "UPDATE dkim_key SET state = 'pending' WHERE algorithm = 'ed25519' AND id > " + old.get(1),
                        "UPDATE dkim_key SET state = 'active' WHERE id = " + old.get(1)),
                () -> commands.ok("dkim activate office.test --wait 30s"));

        assertThat(points).as("statements").isGreaterThan(10);
        assertThat(states()).isEqualTo(Map.of("rsa", "retiring active", "ed25519", "retiring active"));
    }

    @Test
    void theFirstKeysThatAreMade() throws Exception {
        int points = eachPoint(
                "dkim create office.test",
                () -> sql(
                        "DELETE FROM dkim_key",
                        "DELETE FROM app_password",
                        "DELETE FROM data_key",
                        "DELETE FROM audit"),
                this::finishCreation);

        assertThat(points).as("statements").isGreaterThan(10);
    }

    /** What a second call has to do, and to find. */
    private interface Finish {
        void call() throws Exception;
    }

    /** Kills the command before one statement after the other; returns how many there were. */
    private int eachPoint(String line, Finish reset, Finish finish) throws Exception {
        reset.call();
        cutter.letThrough();
        assertThat(new CommandProcesses(relay.settingsFile())
                        .atOnce(List.of(line))
                        .get(0)
                        .code())
                .isZero();
        int statements = cutter.statements();
        finish.call();
        List<Integer> points = IntStream.rangeClosed(1, statements).boxed().collect(Collectors.toList());
        Collections.shuffle(points, new Random(Long.getLong("sealpost.crash.seed", 6)));
        for (int statement : points.subList(0, Math.min(POINTS, statements))) {
            reset.call();
            String where = killedBefore(statement, line);
            try {
                finish.call();
            } catch (Exception | AssertionError failure) {
                throw new AssertionError("killed before statement " + where, failure);
            }
        }
        return statements;
    }

    /** Returns what it was about to say; the database does not hear of it, nor of anything later. */
    private String killedBefore(int statement, String line) throws IOException, InterruptedException {
        cutter.cutAt(statement, Moment.BEFORE, Then.AWAY);
        Process process = new CommandProcesses(relay.settingsFile()).begin(line);
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> cutter.wasCut() || !process.isAlive());
        } finally {
            process.destroyForcibly().waitFor();
        }
        String where = cutter.cutStatement();
        cutter.letThrough();
        return where;
    }

    private void finishActivation() throws IOException {
        long signing = count(KEYS + " WHERE state = 'active' AND sealed <> ''");
        assertThat(signing).as("one of each kind signs").isEqualTo(2);
        assertThat(count(KEYS + " WHERE state = 'retiring'"))
                .as("switched, and written down")
                .isEqualTo(count(DONE.formatted("activate")))
                .isEqualTo(count(DONE.formatted("replace")));

        commands.ok("dkim activate office.test --wait 30s");

        assertThat(states()).isEqualTo(Map.of("rsa", "retiring active", "ed25519", "retiring active"));
        assertThat(count(DONE.formatted("activate"))).as("each once").isEqualTo(2);
        assertThat(count(DONE.formatted("replace"))).as("each once").isEqualTo(2);
    }

    private void finishCreation() throws IOException {
        long made = count(KEYS);
        assertThat(made).as("both or none").isIn(0L, 2L).isEqualTo(count(DONE.formatted("create")));
        assertThat(count(KEYS + " WHERE sealed = ''")).as("without a seal").isZero();
        assertThat(count("SELECT COUNT(*) FROM data_key")).as("all or none").isIn(0L, 2L);

        commands.ok("dkim create office.test");

        assertThat(count("SELECT COUNT(*) FROM data_key")).isEqualTo(2);
        assertThat(count(KEYS)).isEqualTo(made + 2);
        publishAll();
        commands.ok("dkim activate office.test --wait 30s"); // Opens each.
    }

    /** Two that sign and two that shall follow; returns the ids of the ones that sign, RSA first. */
    private List<Long> makeKeysThatAreFollowed() {
        List<Long> old = relay.addKeys(KeyAlgorithm.RSA, KeyAlgorithm.ED25519).stream()
                .map(key -> key.id())
                .toList();
        commands.ok("dkim create office.test");
        return old;
    }

    private void backToPending(List<Long> old) {
        sql(
                "UPDATE dkim_key SET state = 'pending' WHERE id > " + old.get(1),
                "UPDATE dkim_key SET state = 'active' WHERE id <= " + old.get(1),
                "DELETE FROM audit");
    }

    private void publishAll() throws IOException {
        pendingRecords().forEach(this::publish);
    }

    /** RSA first. */
    private List<JsonNode> pendingRecords() throws IOException {
        List<JsonNode> records = new ArrayList<>();
        new ObjectMapper()
                .readTree(commands.ok("dkim dns office.test --state pending --json"))
                .forEach(records::add);
        return records;
    }

    private void publish(JsonNode record) {
        String name = record.get("name").asText();
        relay.dns()
                .change(zones ->
                        zones.remove(name).txt(name, record.get("value").asText()));
    }

    /** Algorithm to the states of its keys, oldest first. */
    private Map<String, String> states() throws IOException {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode key : new ObjectMapper().readTree(commands.ok("dkim list office.test --json"))) {
            states.merge(
                    key.get("algorithm").asText(), key.get("state").asText(), (older, newer) -> older + " " + newer);
        }
        return states;
    }

    private void sql(String... statements) {
        for (String statement : statements) {
            relay.database().transactions().run(handle -> handle.execute(statement));
        }
    }

    private long count(String sql) {
        return relay.database()
                .transactions()
                .read(handle -> handle.select(sql).mapTo(Long.class).one());
    }
}
