package io.sealpost.database.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a backup says of itself, in {@code manifest.json}.
 *
 * @param format {@value #FORMAT}; another number is a later release's
 * @param release that took it
 * @param taken the database's time at the snapshot, as {@code 2026-11-24T12:00:00.123456Z}
 * @param server what the server said it was
 * @param schema the latest migration of each module
 * @param tables each with its rows
 * @param note for whoever opens the file by hand
 */
public record Manifest(
        int format,
        String release,
        String taken,
        String server,
        Map<String, Integer> schema,
        List<TableFile> tables,
        String note) {
    static final int FORMAT = 1;
    static final String NAME = "manifest.json";
    static final String HASH_NAME = "manifest.json.sha256";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Nothing may be null. */
    public Manifest {
        schema = Map.copyOf(schema);
        tables = List.copyOf(tables);
        Instant.parse(taken);
    }

    /**
     * One table: a file of one JSON array a row.
     *
     * @param name the table's
     * @param file the entry in the archive
     * @param rows how many
     * @param bytes of the file, not compressed
     * @param sha256 of the same, in hex
     * @param nextId what AUTO_INCREMENT gives next; null where the table has none
     * @param columns in the order of the arrays; those that the server computes are left out
     */
    public record TableFile(
            String name, String file, long rows, long bytes, String sha256, Long nextId, List<Column> columns) {
        /** Nothing but the next id may be null. */
        public TableFile {
            columns = List.copyOf(columns);
        }
    }

    /**
     * One column.
     *
     * @param name the column's
     * @param kind how its values are written
     */
    public record Column(String name, Kind kind) {
        /** A value is null or a string. */
        public enum Kind {
            /** As the server prints it: text, numbers, times in UTC. */
            TEXT,
            /** Base64. */
            BYTES
        }
    }

    /** When the snapshot was. */
    public Instant takenAt() {
        return Instant.parse(taken);
    }

    /** The file of a table; empty when the backup has none. */
    public Optional<TableFile> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest that is no JSON", e);
        }
    }

    /** Throws IOException for what is no manifest. */
    static Manifest parse(byte[] json) throws IOException {
        try {
            return JSON.readValue(json, Manifest.class);
        } catch (RuntimeException e) {
            throw new IOException("no manifest", e);
        }
    }
}
