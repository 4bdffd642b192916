package io.sealpost.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.cli.console.Fault;
import io.sealpost.database.Nodes;
import io.sealpost.fixtures.MovableClock;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.queue.QueueOverview.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the database: server, tables, clock, nodes, queue. */
class DatabaseChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @RegisterExtension
    static final TestDatabase DATABASE = Ward.tables();

    @TempDir
    private Path folder;

    private Ward ward;

    @BeforeEach
    void open() throws IOException {
        ward = Ward.open(folder, DATABASE);
    }

    @AfterEach
    void close() {
        ward.close();
    }

    @Test
    void aServerThatAnswersIsNamedWithItsVersionAndTimeButNotItsPassword() throws Exception {
        assertThat(ward.only(Level.OK, new DatabaseCheck()))
                .containsPattern("MariaDB \\d+\\.\\d+\\S* answers in \\d+ ms \\(jdbc:mariadb://127\\.0\\.0\\.1:")
                .doesNotContain(ward.database().settings().password().reveal());
    }

    @Test
    void aSingleServerIsToldAsWhatItIs() throws Exception {
        assertThat(ward.only(Level.OK, new ReplicationCheck())).contains("one server, no replica");
    }

    @Test
    void aPrivateOneThatWasNeverMadeIsToldAndNotMade() throws Exception {
        Files.writeString(ward.file(), "hostname = \"relay.office.test\"\n");

        assertThat(ward.only(Level.PROBLEM, new DatabaseCheck()))
                .contains("there is no database yet", "sealpost serve");
        assertThat(folder.resolve("var/db")).doesNotExist();
    }

    @Test
    void tablesOfAnotherReleaseAreToldAndNotTouched() throws Exception {
        assertThat(ward.only(Level.OK, new SchemaCheck())).contains("of this release");

        rename("schema_queue", "schema_away");
        try {
            assertThat(ward.only(Level.PROBLEM, new SchemaCheck())).contains("sealpost migrate");
            assertThatThrownBy(() -> ward.look(new QueueCheck())).isInstanceOf(Fault.class);
            assertThat(ward.only(Level.PROBLEM, new SchemaCheck())).contains("sealpost migrate");
        } finally {
            rename("schema_away", "schema_queue");
        }
    }

    private static void rename(String table, String other) {
        DATABASE.transactions().read(handle -> handle.execute("RENAME TABLE " + table + " TO " + other));
    }

    @Test
    void clocksThatAreApartAreToldWithTheirDistance() throws Exception {
        assertThat(ward.only(Level.OK, new ClockCheck())).contains("goes with the database's");

        ward.at(MovableClock.at(Instant.now().plusSeconds(20)));
        assertThat(ward.only(Level.WARNING, new ClockCheck())).contains("ahead of the database's", "chrony");
        ward.at(MovableClock.at(Instant.now().minus(Duration.ofMinutes(10))));
        assertThat(ward.only(Level.PROBLEM, new ClockCheck())).contains("behind the database's");
    }

    @Test
    void nodesThatServeAndThoseThatFellSilentAreTold() throws Exception {
        assertThat(ward.only(Level.WARNING, new NodesCheck())).contains("no node serves now", "sealpost serve");

        Instant now = Instant.now();
        nodes(now).register("here");
        nodes(now).register("command-17");
        nodes(now.minus(Duration.ofHours(2))).register("silent");
        nodes(now.minus(Duration.ofDays(3))).register("forgotten");

        List<Finding> findings = ward.look(new NodesCheck());
        assertThat(findings).extracting(Finding::level).containsExactly(Level.OK, Level.WARNING);
        assertThat(findings.get(0).sentence()).isEqualTo("1 node serves: node 0");
        assertThat(findings.get(1).sentence()).contains("(silent) has been silent for 2h");
    }

    private Nodes nodes(Instant at) {
        return new Nodes(ward.database().transactions(), MovableClock.at(at), (handle, node) -> true);
    }

    @Test
    void anEmptyQueueIsWell() throws Exception {
        assertThat(ward.only(Level.OK, new QueueCheck())).contains("0 deliveries wait");
    }

    @Test
    void aQueueIsJudgedByWhatIsOverdueHeldOrVeryMuch() {
        Optional<Instant> old = Optional.of(NOW.minus(Duration.ofHours(30)));
        assertThat(QueueCheck.judge(new Standing(3, 0, old, Optional.of(NOW.minusSeconds(30))), NOW))
                .containsExactly(Finding.ok("3 deliveries wait, the oldest message of all for 1d 6h"));

        assertThat(QueueCheck.judge(new Standing(3, 2, old, Optional.of(NOW.minus(Duration.ofHours(1)))), NOW))
                .extracting(Finding::level)
                .containsExactly(Level.OK, Level.PROBLEM, Level.WARNING);

        assertThat(QueueCheck.judge(new Standing(10_000, 0, old, Optional.empty()), NOW))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).startsWith("10000 or more deliveries wait"));
    }
}
