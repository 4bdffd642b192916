package io.sealpost.database.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.sealpost.database.backup.Manifest.Column;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@link RowsOut} wrote. Not thread-safe. */
final class RowsIn implements AutoCloseable {
    /** MariaDB's largest MEDIUMBLOB in base64. */
    private static final int LONGEST = 32 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(LONGEST).build())
            .build();

    private final JsonParser json;
    private final List<Column> columns;

    RowsIn(InputStream from, List<Column> columns) throws IOException {
        this.json = JSON.createParser(from);
        this.columns = columns;
    }

    /** The next row, by column a String, a byte[] or null; empty at the end. Throws IOException for what is no such row. */
    Optional<List<Object>> next() throws IOException {
        JsonToken first = json.nextToken();
        if (first == null) {
            return Optional.empty();
        }
        List<Object> row = new ArrayList<>(columns.size());
        for (Column column : columns) {
            row.add(value(json.nextToken(), column));
        }
        if (first != JsonToken.START_ARRAY || json.nextToken() != JsonToken.END_ARRAY) {
            throw new IOException("not a row of " + columns.size() + " columns");
        }
        return Optional.of(row);
    }

    private Object value(JsonToken token, Column column) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw new IOException("a value of " + column.name() + " is neither a string nor null");
        }
        return column.kind() == Column.Kind.BYTES ? json.getBinaryValue() : json.getText();
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
