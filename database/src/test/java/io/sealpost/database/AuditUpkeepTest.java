package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AuditUpkeepTest {
    @Test
    void oldEntriesGoAThousandAtATimeByTheirKey() {
        try (Database database = Database.open(TestServer.migratedSchema())) {
            Transactions transactions = database.transactions();
            transactions.read(handle -> handle.execute("""
                    INSERT INTO audit (tenant, actor, action, subject, at, json)
                    SELECT 1, 'a', 'b', 'c', '2026-01-01' + INTERVAL seq SECOND, '{}' FROM seq_1_to_3000"""));
            Clock clock = Clock.fixed(Instant.parse("2026-01-31T00:25:00Z"), ZoneOffset.UTC);
            AuditUpkeep upkeep = new AuditUpkeep(transactions, clock);

            assertThat(upkeep.prune(Duration.ofDays(30))).isEqualTo(1000);
            assertThat(upkeep.prune(Duration.ofDays(30))).isEqualTo(499); // Those before 00:25:00.
            assertThat(upkeep.prune(Duration.ofDays(30))).isZero();
            String plan =
                    transactions.read(handle -> handle.select("EXPLAIN " + DatabaseSql.OLD_AUDIT, "2026-01-01 00:30:00")
                            .map((row, context) ->
                                    row.getString("key") + " " + row.getString("type") + " " + row.getString("Extra"))
                            .one());
            assertThat(plan).startsWith("at range").doesNotContain("filesort");
        }
    }
}
