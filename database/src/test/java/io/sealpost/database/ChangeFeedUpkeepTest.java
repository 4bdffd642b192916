package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeFeedUpkeepTest {
    /** Nearly all rows are old: then the optimizer, left alone, reads the whole table. */
    @Test
    void oldChangesGoAThousandAtATimeByTheirKey() {
        try (Database database = Database.open(TestServer.migratedSchema())) {
            Transactions transactions = database.transactions();
            transactions.read(handle -> handle.execute("""
                    INSERT INTO change_feed (kind, subject, at)
                    SELECT 'RELOAD', '', '2026-01-01' + INTERVAL seq SECOND FROM seq_1_to_3000"""));
            Clock clock = Clock.fixed(Instant.parse("2026-01-02T00:25:00Z"), ZoneOffset.UTC);
            ChangeFeedReader feed = new ChangeFeedReader(transactions, clock, System::nanoTime);

            assertThat(feed.prune()).isEqualTo(1000);
            assertThat(feed.prune()).isEqualTo(499); // Those before 00:25:00.
            assertThat(feed.prune()).isZero();
            Set<String> plans = Set.of(
                    plan(transactions, "EXPLAIN " + DatabaseSql.OLD_CHANGES.replace("?", "'2026-01-02'")),
                    plan(transactions, "EXPLAIN " + DatabaseSql.REMOVE_CHANGES.replace("<ids>", "2000, 2001")));
            assertThat(plans).noneMatch(plan -> plan.contains("filesort"));
            assertThat(plans).anyMatch(plan -> plan.startsWith("at range"));
            assertThat(plans).anyMatch(plan -> plan.startsWith("PRIMARY range"));
        }
    }

    private static String plan(Transactions transactions, String sql) {
        return transactions.read(handle -> handle.select(sql)
                .map((row, context) ->
                        row.getString("key") + " " + row.getString("type") + " " + row.getString("Extra"))
                .one());
    }
}
