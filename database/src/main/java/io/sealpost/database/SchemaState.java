package io.sealpost.database;

/** How the tables fit this release. */
public sealed interface SchemaState {
    /** They fit, or a newer release migrated them and said that this one still runs on them. */
    record Current() implements SchemaState {}

    /**
     * They are older, or not there at all: migrate.
     *
     * @param pending how many migrations are to be run
     */
    record TooOld(int pending) implements SchemaState {}

    /**
     * A newer release migrated them so far that this one does not run on them any more.
     *
     * @param module whose tables
     * @param version the version they have
     */
    record TooNew(String module, int version) implements SchemaState {}

    /** A backup is being put into it, or that was cut short: only another restore helps. */
    record HalfRestored() implements SchemaState {}

    /**
     * A migration failed half-way; running them again takes it up.
     *
     * @param module whose tables
     * @param version the one that failed
     */
    record Damaged(String module, int version) implements SchemaState {}
}
