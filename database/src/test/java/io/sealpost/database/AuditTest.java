package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditTest {
    @Test
    void keepsWhoDidWhatWithDetailsAsJson() {
        try (Database database = Database.open(TestServer.migratedSchema())) {
            AuditEntry entry = new AuditEntry(
                    1,
                    "root@host",
                    "account.add",
                    "jörg@example.org",
                    Map.of("label", "a \"quoted\" \n line", "by", "hand"),
                    Instant.parse("2026-11-24T12:00:00.123456Z"));
            database.transactions().run(handle -> {
                Audit.append(handle, entry);
                return entry;
            });

            String row = database.transactions()
                    .read(handle -> handle.select(
                                    "SELECT CONCAT_WS('|', tenant, actor, action, subject, at, json) FROM audit")
                            .mapTo(String.class)
                            .one());
            assertThat(row)
                    .isEqualTo("1|root@host|account.add|jörg@example.org|2026-11-24 12:00:00.123456|"
                            + "{\"by\":\"hand\",\"label\":\"a \\\"quoted\\\" \\n line\"}");
        }
    }
}
