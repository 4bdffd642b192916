package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sealpost.database.CommitCutter.Cut;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LostAnswersTest {
    private CommitCutter cutter;
    private Database direct;
    private Database cut;

    @BeforeEach
    void open() throws IOException {
        DatabaseSettings server = TestServer.freshSchema();
        cutter = new CommitCutter(server);
        direct = Database.open(server);
        cut = Database.open(cutter.settings(server));
        direct.transactions()
                .read(handle -> handle.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT) ENGINE = InnoDB"));
    }

    @AfterEach
    void close() throws IOException {
        cut.close();
        cutter.close();
        direct.close();
    }

    private static void insert(Database database) {
        database.transactions().run(handle -> handle.execute("INSERT INTO t VALUES (1, 1)"));
    }

    private int rows() {
        return direct.transactions()
                .read(handle -> handle.select("SELECT COUNT(*) FROM t")
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void aLostAnswerIsToldAndADuplicateKeyThenMeansStored() {
        cutter.cutNext(Cut.AFTER_THE_SERVER_ANSWERED);

        assertThatThrownBy(() -> insert(cut)).isInstanceOf(CommitUnknown.class);

        await().untilAsserted(() -> assertThat(rows()).isOne());
        assertThatThrownBy(() -> insert(cut))
                .satisfies(again -> assertThat(SqlTrouble.of(again)).isEqualTo(SqlTrouble.DUPLICATE_KEY));
    }

    @Test
    void aLostCommitIsToldAndTheSameInsertThenStores() {
        cutter.cutNext(Cut.BEFORE_THE_SERVER_SEES_IT);

        assertThatThrownBy(() -> insert(cut)).isInstanceOf(CommitUnknown.class);

        assertThat(rows()).isZero();
        insert(cut);
        assertThat(rows()).isOne();
    }

    @Test
    void aConnectionLostBeforeCommitStoredNothing() {
        assertThatThrownBy(() -> cut.transactions().run(handle -> {
                    handle.execute("INSERT INTO t VALUES (2, 2)");
                    breakConnections();
                    return handle.execute("INSERT INTO t VALUES (3, 3)");
                }))
                .isInstanceOf(StoreUnavailable.class)
                .isNotInstanceOf(CommitUnknown.class);

        assertThat(rows()).isZero();
    }

    private void breakConnections() {
        try {
            cutter.away();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDatabaseThatGoesAwayIsToldWithinSecondsAndHealsByItself() throws IOException {
        insert(cut);
        cutter.away();
        long start = System.nanoTime();

        assertThatThrownBy(() -> insert(cut)).isInstanceOf(StoreUnavailable.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        cutter.back();
        await().atMost(Duration.ofSeconds(5))
                .ignoreException(StoreUnavailable.class)
                .until(() -> cut.transactions().run(handle -> handle.execute("INSERT INTO t VALUES (4, 4)")) == 1);
    }

    @Test
    void aServerThatBecomesReadOnlyIsUnavailable() {
        assertThatThrownBy(() -> direct.transactions().run(handle -> {
                    handle.execute("SET SESSION TRANSACTION READ ONLY");
                    handle.commit();
                    handle.begin();
                    return handle.execute("INSERT INTO t VALUES (5, 5)");
                }))
                .isInstanceOf(StoreUnavailable.class);
    }
}
