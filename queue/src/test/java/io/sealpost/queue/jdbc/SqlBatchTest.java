package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.database.SqlTrouble;
import io.sealpost.database.Transactions;
import io.sealpost.fixtures.PlainSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With inserts one by one, and with all of a batch in one packet. */
class SqlBatchTest {
    private static final String INSERT = """
            INSERT INTO batch_probe (id, number, text, bytes, at, flag) VALUES (?, ?, ?, ?, ?, ?)""";
    private static final Instant AT = Instant.parse("2026-03-29T02:30:00.123456Z");

    private static QueueWorld world;

    @BeforeAll
    static void open() {
        world = QueueWorld.open();
        world.transactions()
                .read(handle -> handle.execute("CREATE TABLE batch_probe (id BIGINT PRIMARY KEY, number BIGINT NULL,"
                        + " text VARCHAR(100) NULL, bytes BLOB NULL, at DATETIME(6) NULL, flag BOOLEAN NULL)"));
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void empty() {
        world.transactions().read(handle -> handle.execute("DELETE FROM batch_probe"));
    }

    private static Transactions connecting(String option) {
        return new Transactions(PlainSource.of(world.settings(), Map.of("useBulkStmtsForInserts", option)));
    }

    private static int[] insert(Handle handle, List<Object[]> rows) {
        return SqlBatch.run(handle, INSERT, rows, SqlBatch::add);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void rowsWithAndWithoutValuesTravelTogether(String bulk) {
        List<Object[]> rows = List.of(
                new Object[] {1L, null, null, null, null, null},
                new Object[] {2L, 5_000_000_000L, "ä\uD83D\uDE00", new byte[] {0, 39, 92, -1}, AT, true},
                new Object[] {3L, null, "x", null, AT, null},
                new Object[] {4L, 7L, null, new byte[0], null, false});

        connecting(bulk).run(handle -> insert(handle, rows));

        assertThat(world.texts(
                        "SELECT CONCAT_WS('|', id, number, text, HEX(bytes), at, flag) FROM batch_probe ORDER BY id"))
                .containsExactly(
                        "1",
                        "2|5000000000|ä\uD83D\uDE00|00275CFF|2026-03-29 02:30:00.123456|1",
                        "3|x|2026-03-29 02:30:00.123456",
                        "4|7||0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void anUpdateTellsForEachRowWhetherItWasTaken(String bulk) {
        connecting(bulk).run(handle -> insert(handle, List.<Object[]>of(row(1), row(3))));

        int[] counts = connecting(bulk)
                .run(handle -> SqlBatch.run(
                        handle,
                        "UPDATE batch_probe SET number = ? WHERE id = ?",
                        List.of(1L, 2L, 3L),
                        (batch, id) -> batch.add(9L, id)));

        assertThat(counts).containsExactly(1, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aDuplicateIsToldAsOne(String bulk) {
        assertThatThrownBy(() -> connecting(bulk).run(handle -> insert(handle, List.of(row(1), row(2), row(1)))))
                .satisfies(thrown -> assertThat(SqlTrouble.of(thrown)).isEqualTo(SqlTrouble.DUPLICATE_KEY));
        assertThat(world.count("batch_probe")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void noRowIsNoStatement(String bulk) {
        int[] counts = connecting(bulk).run(handle -> insert(handle, List.of()));

        assertThat(counts).isEmpty();
    }

    private static Object[] row(long id) {
        return new Object[] {id, 1L, "x", new byte[1], AT, true};
    }
}
