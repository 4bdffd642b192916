package io.sealpost.cli.wiring;

import io.sealpost.account.jdbc.JdbcAccounts;
import io.sealpost.database.MigrationSet;
import io.sealpost.database.Migrations;
import io.sealpost.keys.jdbc.JdbcKeys;
import io.sealpost.queue.jdbc.QueueMigrations;
import java.util.List;

/** The tables of all modules, in the order in which they refer to one another. */
public final class Schema {
    /** The sets of this release. */
    public static final List<MigrationSet> SETS =
            List.of(MigrationSet.DATABASE, JdbcAccounts.MIGRATIONS, JdbcKeys.MIGRATIONS, QueueMigrations.SET);

    private Schema() {}

    /** What brings them up to this release. */
    public static Migrations migrations() {
        return new Migrations(SETS);
    }
}
