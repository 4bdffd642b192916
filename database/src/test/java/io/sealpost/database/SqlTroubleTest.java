package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTroubleTest {
    @ParameterizedTest(name = "{1}/{0} is {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            1213 | 40001 | RACE          | deadlock
            1205 | HY000 | RACE          | lock wait time-out
            1020 | HY000 | RACE          | row changed under a snapshot
            1047 | 40001 | RACE          | the state decides before the code: Galera rolled back
            0    | 40001 | RACE          | certification failed
            1062 | 23000 | DUPLICATE_KEY | primary or unique key
            1586 | 23000 | DUPLICATE_KEY | unique key, named
            1180 | HY000 | UNAVAILABLE   | Galera lost its quorum at COMMIT
            1047 | 08S01 | UNAVAILABLE   | Galera is not ready
            1290 | HY000 | UNAVAILABLE   | read-only option
            1792 | 25006 | UNAVAILABLE   | read-only transaction
            1836 | HY000 | UNAVAILABLE   | read-only mode
            1040 | 08004 | UNAVAILABLE   | too many connections
            1203 | 42000 | UNAVAILABLE   | too many connections of the user
            1021 | HY000 | UNAVAILABLE   | disk full
            1030 | HY000 | UNAVAILABLE   | storage engine out of space
            1114 | HY000 | UNAVAILABLE   | table full
            28   | HY000 | UNAVAILABLE   | no space left
            1053 | 08S01 | UNAVAILABLE   | shutting down
            1927 | 70100 | UNAVAILABLE   | connection killed
            1969 | 70100 | UNAVAILABLE   | statement took too long
            1045 | 28000 | UNAVAILABLE   | access denied
            1698 | 28000 | UNAVAILABLE   | access denied by a plugin
            0    | 08000 | UNAVAILABLE   | socket broke
            1452 | 23000 | OTHER         | foreign key
            1064 | 42000 | OTHER         | syntax
            1146 | 42S02 | OTHER         | no such table
            1406 | 22001 | OTHER         | too long for the column
            """)
    void classifiesByCodeAndState(int code, String state, SqlTrouble expected, String meaning) {
        assertThat(SqlTrouble.classify(new SQLException(meaning, state, code))).isEqualTo(expected);
    }

    @Test
    void takesConnectionExceptionsWithoutAStateAsUnavailable() {
        assertThat(SqlTrouble.classify(new SQLTransientConnectionException("the pool has none")))
                .isEqualTo(SqlTrouble.UNAVAILABLE);
        assertThat(SqlTrouble.classify(new SQLNonTransientConnectionException("closed")))
                .isEqualTo(SqlTrouble.UNAVAILABLE);
    }

    @Test
    void looksThroughTheCauses() {
        RuntimeException wrapped =
                new RuntimeException(new IllegalStateException(new SQLException("x", "40001", 1213)));

        assertThat(SqlTrouble.of(wrapped)).isEqualTo(SqlTrouble.RACE);
        assertThat(SqlTrouble.of(new IllegalStateException("a bug"))).isEqualTo(SqlTrouble.OTHER);
    }

    @Test
    void survivesACycleOfCauses() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException other = new RuntimeException("other", one);
        one.initCause(other);

        assertThat(SqlTrouble.of(one)).isEqualTo(SqlTrouble.OTHER);
    }
}
