/**
 * The way to MariaDB for every module with tables: pool, transactions that are run again when they lose a race, migrations, the
 * database's clock, the nodes that share it, the feed of changes, the audit trail.
 *
 * <p>It knows no customer, no message and no key: what is stored is its users' matter, {@code node}, {@code change_feed}, {@code
 * audit} and {@code data_key} apart. Times go in and out through {@link io.sealpost.database.SqlTimes}, never by {@code NOW()}.
 */
package io.sealpost.database;
