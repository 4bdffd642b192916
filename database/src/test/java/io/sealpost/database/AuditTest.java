package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

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

    @Test
    void theLatestAreListedFirstAndPageByPage() {
        try (Database database = Database.open(TestServer.migratedSchema())) {
            for (int i = 0; i < 5; i++) {
                append(database, "account." + (i % 2 == 0 ? "disable" : "enable"), "u" + i + "@x.test", i / 2);
            }
            append(database, "accounting", "x", 9);
            AuditTrail trail = new AuditTrail(database.transactions());

            assertThat(subjects(trail.list(query("", "account"), 3)))
                    .containsExactly("u4@x.test", "u3@x.test", "u2@x.test");
            long third = trail.list(query("", "account"), 3).get(2).id();
            AuditQuery rest =
                    new AuditQuery(Optional.empty(), Optional.of("account"), Optional.empty(), Optional.of(third));
            assertThat(subjects(trail.list(rest, 3))).containsExactly("u1@x.test", "u0@x.test");
            assertThat(subjects(trail.list(query("U3@", ""), 9))).containsExactly("u3@x.test");
            assertThat(subjects(trail.list(query("", "account.enable"), 9))).containsExactly("u3@x.test", "u1@x.test");
            AuditQuery late = new AuditQuery(
                    Optional.empty(), Optional.empty(), Optional.of(START.plusSeconds(2)), Optional.empty());
            assertThat(subjects(trail.list(late, 9))).containsExactly("x", "u4@x.test");
            assertThat(trail.list(late, 1).get(0).entry().details()).containsExactly(Map.entry("why", "\"so\""));
        }
    }

    @Test
    void aListingGoesBackwardsAlongTheKeyOfTimes() {
        try (Database database = Database.open(TestServer.migratedSchema())) {
            for (int i = 0; i < 300; i++) {
                append(database, "account.disable", "u" + i, i);
            }

            String plan = database.transactions()
                    .read(handle -> handle.createQuery("EXPLAIN " + DatabaseSql.AUDIT)
                            .bind("since", "2000-01-01")
                            .bind("until", "9999-01-01")
                            .bind("before", Long.MAX_VALUE)
                            .bind("subject", (String) null)
                            .bind("action", (String) null)
                            .bind("limit", 20)
                            .map((row, context) ->
                                    row.getString("key") + " " + row.getString("type") + " " + row.getString("Extra"))
                            .one());
            assertThat(plan).startsWith("at range").doesNotContain("filesort");
        }
    }

    private static AuditQuery query(String subject, String action) {
        return new AuditQuery(
                Optional.of(subject).filter(text -> !text.isEmpty()),
                Optional.of(action).filter(text -> !text.isEmpty()),
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> subjects(List<AuditTrail.Kept> kept) {
        return kept.stream().map(one -> one.entry().subject()).toList();
    }

    private static void append(Database database, String action, String subject, int seconds) {
        AuditEntry entry =
                new AuditEntry(1, "root", action, subject, Map.of("why", "\"so\""), START.plusSeconds(seconds));
        database.transactions().run(handle -> {
            Audit.append(handle, entry);
            return entry;
        });
    }
}
