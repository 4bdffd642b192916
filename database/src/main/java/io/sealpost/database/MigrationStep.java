package io.sealpost.database;

/**
 * One migration, for showing.
 *
 * @param module whose tables
 * @param version its number
 * @param description what its file's name says
 */
public record MigrationStep(String module, int version, String description) {
    @Override
    public String toString() {
        return module + " " + version + ": " + description;
    }
}
