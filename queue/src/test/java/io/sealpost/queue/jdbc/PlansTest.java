package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.database.Transactions;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueuePosition;
import io.sealpost.queue.QueueStatistics;
import io.sealpost.queue.Suspended;
import io.sealpost.queue.Suspension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every statement of a regular path goes by its key, with 16,384 messages waiting. */
class PlansTest {
    private static QueueWorld world;

    @BeforeAll
    static void open() {
        world = QueueWorld.open();
        world.transactions().read(handle -> {
            ManyRows.waiting(handle, 10_000);
            return null;
        });
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private interface Binding {
        Query bind(Query query);
    }

    /** {@code table key type extra} for each table of the statement. */
    private static List<String> plan(String sql, Binding binding) {
        return world.transactions().read(handle -> rows(handle, sql, binding));
    }

    private static List<String> rows(Handle handle, String sql, Binding binding) {
        return binding.bind(handle.createQuery("EXPLAIN " + sql))
                .map((row, context) -> row.getString("table") + " " + row.getString("key") + " " + row.getString("type")
                        + " " + row.getString("Extra"))
                .list();
    }

    private static List<String> plan(String sql, Object... values) {
        return plan(sql, query -> {
            for (int i = 0; i < values.length; i++) {
                query.bind(i, values[i]);
            }
            return query;
        });
    }

    private static List<Long> ids(int count) {
        return LongStream.range(1000, 1000 + count).boxed().toList();
    }

    @Test
    void eachSlotIsOneLookIntoTheKey() {
        List<String> plan = plan(
                ClaimSql.SLOTS.replace("<buckets>", ClaimSql.table(QueueWorld.ALL_BUCKETS)),
                query -> query.bind("now", "2026-03-01 12:00:00"));
        assertThat(plan).anyMatch(row -> row.startsWith("d due ref"));
        assertThat(plan)
                .filteredOn(row -> row.startsWith("d "))
                .singleElement()
                .asString()
                .doesNotContain("filesort");
    }

    /** The plan alone does not tell how much of a key is read. */
    @Test
    void aLookForDueMailReadsAFewRowsOfMany() {
        assertThat(rowsReadBy(handle -> ClaimSql.dueSlots(
                        handle, QueueWorld.ALL_BUCKETS, world.clock().instant())))
                .isLessThan(1000);
    }

    @Test
    void anOverviewReadsTheEndsOfKeysHoweverMuchWaits() {
        assertThat(rowsReadBy(OverviewSql::mostOverdue)).isLessThan(1000);
        assertThat(rowsReadBy(OverviewSql::oldest)).isLessThan(10);
        assertThat(rowsReadBy(handle -> OverviewSql.count(handle, List.of(DeliveryState.values()), 500)))
                .isLessThan(1100);
    }

    @Test
    void aSearchForAMessageIdStopsAtItsBound() {
        assertThat(rowsReadBy(handle -> JdbcMessageIds.find(handle, "1@nowhere.example", 500)))
                .isLessThan(1600);
    }

    @Test
    void aLookForTheUseOfAKeyStopsAtItsBound() {
        assertThat(rowsReadBy(handle -> JdbcSigningKeyUse.carrying(handle, 7, 500)))
                .isLessThan(1100);
    }

    @Test
    void aListingStopsAtItsLimit() {
        assertThat(rowsReadBy(handle -> InspectionSql.list(handle, QueueFilter.ALL, Optional.empty(), 50)))
                .isLessThan(200);
        Optional<QueuePosition> far = Optional.of(new QueuePosition(new QueueId(9_000), 0));
        assertThat(rowsReadBy(handle -> InspectionSql.list(handle, QueueFilter.ALL, far, 50)))
                .isLessThan(200);
        assertThat(rowsReadBy(handle -> InspectionSql.count(handle, QueueFilter.ALL, 50)))
                .isLessThan(300);
    }

    private static long rowsReadBy(Transactions.Work<?> work) {
        return world.transactions().read(handle -> {
            long before = rowsRead(handle);
            work.in(handle);
            return rowsRead(handle) - before;
        });
    }

    private static long rowsRead(Handle handle) {
        return handle
                .select(
                        "SHOW SESSION STATUS WHERE Variable_name IN ('Handler_read_key', 'Handler_read_next', 'Handler_read_first', 'Handler_read_rnd_next')")
                .map((row, context) -> row.getLong(2))
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void dueDeliveriesAreReadInTheOrderOfTheKey() {
        ClaimSql.Slot slot =
                new ClaimSql.Slot(new ClaimSql.Slot.Key(3, 5), world.clock().instant());
        assertThat(plan(ClaimSql.text(slot, 50), query -> query.bind("now", "2026-03-01 12:00:00")))
                .singleElement()
                .asString()
                .startsWith("delivery due range")
                .doesNotContain("filesort");
    }

    @Test
    void aLookAtTheNextLineIsARangeInItsKey() {
        ClaimSql.Slot.Key slot = new ClaimSql.Slot.Key(3, 5);
        assertThat(plan(ClaimSql.text(0, new ClaimSql.Look(slot, 1000, Line.BEHIND_ALL, 1))))
                .singleElement()
                .asString()
                .startsWith("delivery line range")
                .doesNotContain("filesort");
        ClaimSql.Due line = new ClaimSql.Due(
                1, slot, 77, OptionalLong.empty(), "x.example", world.clock().instant(), 0);
        assertThat(plan(ClaimSql.text(line, 20), query -> query.bind("now", "2026-03-01 12:00:00")))
                .singleElement()
                .asString()
                .startsWith("delivery line range")
                .doesNotContain("filesort");
    }

    @Test
    void aClaimGoesByPrimaryKeys() {
        Binding binding = query ->
                query.bindList("ids", ids(200)).bind("node", 1).bind("claim", 2).bind("until", "2026-03-01 12:00:00");
        assertThat(plan(ClaimSql.CLAIM, binding)).singleElement().asString().startsWith("delivery PRIMARY range");
        assertThat(plan(ClaimSql.CLAIMED, binding)).singleElement().asString().startsWith("delivery PRIMARY range");
        assertThat(plan(InspectionSql.FAILED, query -> query.bindList("ids", ids(100))))
                .singleElement()
                .asString()
                .startsWith("delivery PRIMARY range");
        assertThat(plan(ClaimSql.MESSAGES, query -> query.bindList("ids", ids(200))))
                .singleElement()
                .asString()
                .startsWith("message PRIMARY range");
    }

    @Test
    void leasesAreFoundByTheirKey() {
        assertThat(plan(ClaimSql.FREE_NODE, 1, "2026-03-01 12:00:00"))
                .singleElement()
                .asString()
                .startsWith("delivery lease range");
        assertThat(plan(ClaimSql.FREE_ANY, "2026-03-01 12:00:00"))
                .singleElement()
                .asString()
                .startsWith("delivery lease range");
        assertThat(plan(ClaimSql.FREE_CLAIM, 1, 1)).singleElement().asString().startsWith("delivery lease r");
        assertThat(plan(ClaimSql.HOLDS_LEASES, 1)).singleElement().asString().startsWith("delivery lease ref");
        assertThat(plan(ClaimSql.FIRST_LEASES, 1000, 1, 1))
                .singleElement()
                .asString()
                .startsWith("delivery message ref");
    }

    @Test
    void whatNamesOneRowGoesByItsPrimaryKey() {
        Map<String, Integer> parameters = new TreeMap<>(Map.of(
                ClaimSql.RENEW, 4,
                ClaimSql.GIVE_BACK, 3,
                SettleSql.END, 3,
                SettleSql.DEFER, 10,
                SettleSql.HOLD, 9,
                InspectionSql.HOLD, 3,
                InspectionSql.RELEASE, 2,
                InspectionSql.DROP, 2,
                ClaimSql.CONTENT_PART, 2,
                SettleSql.REMOVE_MESSAGE, 1));
        parameters.put(SettleSql.PUT_OFF, 5);
        List<String> others = new ArrayList<>();
        parameters.forEach((sql, count) -> {
            Object[] values = new Object[count];
            java.util.Arrays.fill(values, 1000);
            values[0] = sql.contains("SET lease_until") || sql.contains("next_at = ?") ? "2026-03-01 12:00:00" : 1000;
            plan(sql, values).stream()
                    .filter(plan -> !plan.contains(" PRIMARY ") && !plan.contains("no matching row"))
                    .filter(plan -> !plan.contains("Impossible WHERE"))
                    .forEach(plan -> others.add(sql + ": " + plan));
        });
        assertThat(others).isEmpty();
    }

    @Test
    void whatASuspensionPutOffIsARangeOfTheKeyForEachBucket() {
        Binding binding = query -> query.bindList("buckets", List.copyOf(QueueWorld.ALL_BUCKETS))
                .bind("from", "2026-03-01 12:00:00")
                .bind("to", "2026-03-01 12:10:00")
                .bind("now", "2026-03-01 12:00:00")
                .bind("domain", (String) null)
                .bind("account", 11)
                .bind("site", (String) null)
                .bind("limit", 500);
        assertThat(plan(SuspensionSql.BRING_BACK, binding))
                .singleElement()
                .asString()
                .startsWith("delivery due range")
                .doesNotContain("filesort");
        assertThat(plan(SuspensionSql.COUNT, binding)).anyMatch(row -> row.startsWith("delivery due range"));
        assertThat(plan(SuspensionSql.ONE, "domain", "x.example"))
                .singleElement()
                .asString()
                .contains("Impossible WHERE noticed after reading const tables"); // The unique key says: none.
        Suspension ended = new Suspension(
                new Suspended.Account(77, EmailAddress.parse("a@x.example")),
                Instant.parse("2026-03-01T11:00:00Z"),
                Instant.parse("2026-03-09T12:00:00Z"),
                "root",
                "");
        assertThat(rowsReadBy(handle ->
                        SuspensionSql.bringBack(handle, ended, world.clock().instant(), 500)))
                .isLessThan(1000);
    }

    @Test
    void statisticsReadSlicesOfThePrimaryKeyAndEndsOfOthers() {
        String part = StatisticsSql.PART.replace("<ages>", "-3, -2, -1").replace("<name>", "recipient_domain");
        assertThat(plan(part, query -> query.bind("after", 0).bind("slice", 1000)))
                .anyMatch(row -> row.startsWith("delivery PRIMARY range"));
        assertThat(rowsReadBy(
                        handle -> StatisticsSql.part(handle, QueueStatistics.By.DOMAIN, List.of(3L, 2L, 1L), 0, 100)))
                .isLessThan(1000);
        assertThat(rowsReadBy(handle -> StatisticsSql.inState(handle, DeliveryState.DEFERRED, 100)))
                .isLessThan(400);
        assertThat(plan(StatisticsSql.EVENTS, "2026-03-01 12:00:00"))
                .anyMatch(row -> row.startsWith("journal PRIMARY range"));
    }

    @Test
    void aVerificationWalksRangesOfKeys() {
        assertThat(plan(VerificationSql.DELIVERIES, 1000, 1000))
                .singleElement()
                .asString()
                .startsWith("delivery PRIMARY range");
        assertThat(plan(VerificationSql.ODD_DELIVERIES, 1000, 2000))
                .satisfiesExactly(
                        delivery -> assertThat(delivery).startsWith("d PRIMARY range"),
                        message -> assertThat(message).startsWith("m PRIMARY eq_ref"));
        assertThat(plan(VerificationSql.SIZES, 1000, 1000).get(0)).startsWith("message PRIMARY range");
        assertThat(plan(VerificationSql.DAMAGED, query -> query.bindList("ids", ids(100))))
                .anyMatch(row -> row.startsWith("m PRIMARY range"))
                .anyMatch(row -> row.startsWith("c PRIMARY ref"));
        assertThat(plan(VerificationSql.CONTENTS, 1000, 1000).get(0)).startsWith("message_content PRIMARY range");
        assertThat(plan(VerificationSql.LEASES).get(0)).startsWith("delivery lease r");
        assertThat(plan(VerificationSql.FREE_TORN, 1000, 1))
                .singleElement()
                .asString()
                .contains("PRIMARY");
    }

    @Test
    void endedMessagesAreFoundByKeys() {
        assertThat(plan(SettleSql.STILL_OPEN, query -> query.bindList("messages", ids(256))))
                .singleElement()
                .asString()
                .startsWith("delivery message range");
        assertThat(plan(InspectionSql.NTH_MESSAGE, 1000, 1000))
                .singleElement()
                .asString()
                .startsWith("message PRIMARY range");
        assertThat(plan(InspectionSql.ENDED, 1000, 2000, 1000))
                .satisfiesExactly(
                        message -> assertThat(message)
                                .startsWith("m PRIMARY range")
                                .doesNotContain("filesort"),
                        delivery -> assertThat(delivery).startsWith("d message ref"));
        assertThat(plan(SettleSql.REMOVE_CONTENT, 1000))
                .singleElement()
                .asString()
                .contains("PRIMARY");
    }

    @Test
    void aRestoredQueueIsHeldByItsIds() {
        assertThat(plan(RestoreSql.NTH_AFTER, 1000, 999))
                .singleElement()
                .asString()
                .contains("PRIMARY range");
        assertThat(plan(RestoreSql.HOLD, "why", 1000, 2000))
                .singleElement()
                .asString()
                .contains("PRIMARY range");
        assertThat(plan(RestoreSql.FREE_LEASES)).singleElement().asString().contains("lease range");
    }

    @Test
    void theJournalIsReadAndPrunedByItsKeys() {
        assertThat(plan(JournalSql.TRACE, 1000))
                .singleElement()
                .asString()
                .startsWith("journal message ref")
                .doesNotContain("filesort");
        assertThat(plan(JournalSql.AFTER, "2026-03-01 12:20:00", "2026-03-01 12:20:00", 7, 1000))
                .singleElement()
                .asString()
                .startsWith("journal PRIMARY range")
                .doesNotContain("filesort");
        assertThat(plan(JournalSql.STORY_AFTER, 1000, "2026-03-01 12:20:00", "2026-03-01 12:20:00", 7, 1000))
                .singleElement()
                .asString()
                .startsWith("journal message r")
                .doesNotContain("filesort");
        assertThat(plan(JournalSql.NTH_AFTER, "2026-03-01 12:00:00", "2026-03-01 12:20:00", 1000))
                .singleElement()
                .asString()
                .startsWith("journal PRIMARY range")
                .doesNotContain("filesort");
        assertThat(plan(JournalSql.PRUNE, "2026-03-01 12:00:00", "2026-03-01 12:20:00", 1000))
                .singleElement()
                .asString()
                .startsWith("journal PRIMARY range")
                .doesNotContain("filesort");
    }

    private static Binding filter(Long message, String domain, Integer bucket) {
        return query -> query.bind("message", message)
                .bind("domain", domain)
                .bind("bucket", bucket)
                .bind("sender", (String) null)
                .bind("recipient", (String) null)
                .bind("account", (Long) null)
                .bind("accepted_before", (String) null)
                .bind("state", (Integer) null)
                .bind("after", 0)
                .bind("after_message", -1)
                .bind("after_n", 0)
                .bind("reason", (String) null)
                .bind("reason_code", (Integer) null)
                .bind("reason_status", (String) null)
                .bind("reason_words", (String) null)
                .bindList("states", List.of(1, 3))
                .bind("limit", 50);
    }

    @Test
    void aListingReadsNoMoreThanItShows() {
        assertThat(plan(InspectionSql.LIST, filter(null, null, null)).get(0))
                .startsWith("d message range")
                .doesNotContain("filesort");
        assertThat(plan(InspectionSql.LIST, filter(1005L, null, null)).get(0)).startsWith("d message ref");
        assertThat(plan(InspectionSql.MATCHING, filter(1005L, null, null)).get(0))
                .startsWith("d message ref");
        assertThat(plan(InspectionSql.MATCHING, filter(null, null, null)).get(0))
                .startsWith("d PRIMARY range");
    }
}
