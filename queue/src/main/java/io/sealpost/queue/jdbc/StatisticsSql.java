package io.sealpost.queue.jdbc;

import io.sealpost.database.SqlTimes;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.QueueStatistics.By;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The statements of statistics; one method a statement. */
final class StatisticsSql {
    /** A message's id tells its time, so no other table is read. The thresholds are ids, negative since INTERVAL wants them to rise. */
    static final String PART = """
            SELECT name, state, INTERVAL(-message, <ages>) AS age, COUNT(*) AS deliveries, MAX(id) AS last
            FROM (SELECT id, message, state, <name> AS name FROM delivery FORCE INDEX (PRIMARY)
                  WHERE id > :after ORDER BY id LIMIT :slice) AS part
            GROUP BY name, state, age""";

    static final String STATE = """
            SELECT COUNT(*) FROM (SELECT 1 FROM delivery FORCE INDEX (due) WHERE state = ? LIMIT ?) AS bounded""";
    static final String EVENTS = """
            SELECT kind, COUNT(*) AS events
            FROM (SELECT kind FROM journal FORCE INDEX (PRIMARY) WHERE at >= ? ORDER BY at DESC, id DESC LIMIT 200000) AS latest
            GROUP BY kind""";

    private StatisticsSql() {}

    /** Deliveries of a slice that are alike; {@code last} is the highest id among them. */
    record Alike(String name, DeliveryState state, int age, long deliveries, long last) {}

    static List<Alike> part(Handle handle, By by, List<Long> thresholds, long after, int slice) {
        return handle.createQuery(PART)
                .define("name", by == By.DOMAIN ? "recipient_domain" : "IFNULL(site, '')")
                .defineList("ages", thresholds.stream().map(id -> -id).toList())
                .bind("after", after)
                .bind("slice", slice)
                .map((row, context) -> new Alike(
                        row.getString("name"),
                        DeliveryState.ofCode(row.getInt("state")),
                        row.getInt("age"),
                        row.getLong("deliveries"),
                        row.getLong("last")))
                .list();
    }

    static long inState(Handle handle, DeliveryState state, int most) {
        return handle.select(STATE, state.code(), most).mapTo(Long.class).one();
    }

    /** By the names of the kinds. */
    static Map<JournalEntry.Kind, Long> events(Handle handle, Instant since) {
        return handle.select(EVENTS, SqlTimes.toSql(since))
                .map((row, context) ->
                        Map.entry(JournalEntry.Kind.valueOf(row.getString("kind")), row.getLong("events")))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
