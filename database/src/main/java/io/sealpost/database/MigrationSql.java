package io.sealpost.database;

import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Every statement on the tables in which Flyway keeps its histories; one method is one statement. */
final class MigrationSql {
    private MigrationSql() {}

    /**
     * What a history says.
     *
     * @param latest the highest version that succeeded; 0 for none
     * @param failed the lowest version that failed; 0 for none
     */
    record History(int latest, int failed) {
        static final History EMPTY = new History(0, 0);
    }

    static Set<String> historyTables(Handle handle) {
        return handle.select("SHOW TABLES LIKE 'schema\\_%'")
                .mapTo(String.class)
                .set();
    }

    static History history(Handle handle, String table) {
        return handle.createQuery("""
                        SELECT COALESCE(MAX(IF(success = 1, CAST(version AS UNSIGNED), 0)), 0),
                               COALESCE(MIN(IF(success = 0, CAST(version AS UNSIGNED), NULL)), 0)
                        FROM <table>""")
                .define("table", table)
                .map((row, context) -> new History(row.getInt(1), row.getInt(2)))
                .one();
    }

    private static boolean hasFloors(Handle handle) {
        return handle.select("SHOW TABLES LIKE 'release\\_floor'")
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** The lowest version whose release may run on the module's tables; empty where nobody said so. */
    static Optional<Integer> oldest(Handle handle, String module) {
        return hasFloors(handle)
                ? handle.select("SELECT oldest FROM release_floor WHERE module = ?", module)
                        .mapTo(Integer.class)
                        .findOne()
                : Optional.empty();
    }

    /** Does nothing before the table is there. */
    static int recordOldest(Handle handle, String module, int oldest) {
        return hasFloors(handle)
                ? handle.execute("REPLACE INTO release_floor (module, oldest) VALUES (?, ?)", module, oldest)
                : 0;
    }

    /** One DDL statement a file is all or nothing, so what failed left nothing behind and may be run again. */
    static int forgetFailed(Handle handle, String table) {
        if (!historyTables(handle).contains(table)) {
            return 0;
        }
        return handle.createUpdate("DELETE FROM <table> WHERE success = 0")
                .define("table", table)
                .execute();
    }
}
