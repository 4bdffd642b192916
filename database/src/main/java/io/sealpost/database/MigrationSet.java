package io.sealpost.database;

import java.util.regex.Pattern;

/**
 * The migrations of one module: files {@code V1__….sql} to {@code V<latest>__….sql}, each one DDL statement that does no harm when it
 * is run twice ({@code CREATE TABLE IF NOT EXISTS}), since DDL is not transactional.
 *
 * @param name the module's; its history is kept in the table {@code schema_<name>}
 * @param location the folder on the class path, as {@code io/sealpost/queue/jdbc}
 * @param latest the highest version among the files
 * @param oldest the lowest {@code latest} of a release that runs on these tables too: while nodes are upgraded one by one, those of
 *     the release before must still start. A migration may only add until no release in use is older than it
 */
public record MigrationSet(String name, String location, int latest, int oldest) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,40}");

    /** This module's own, which comes before all others. */
    public static final MigrationSet DATABASE = new MigrationSet("database", "io/sealpost/database/migrations", 5, 4);

    /** Throws IllegalArgumentException when the name is not of lower-case letters and underscores, or the numbers do not rise from 1. */
    public MigrationSet {
        if (!NAME.matcher(name).matches() || oldest < 1 || latest < oldest) {
            throw new IllegalArgumentException("not a set of migrations: " + name + ", " + latest);
        }
    }

    static String ofHistory(String table) {
        return table.substring("schema_".length());
    }

    String historyTable() {
        return "schema_" + name;
    }
}
