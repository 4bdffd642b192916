package io.sealpost.database.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.sealpost.database.backup.Manifest.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Writes rows as JSON, an array a line, strings and nulls only. Not thread-safe. */
final class RowsOut implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);

    private final JsonGenerator json;
    private final List<Column> columns;

    RowsOut(OutputStream to, List<Column> columns) throws IOException {
        this.json = JSON.createGenerator(to);
        this.json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        this.columns = columns;
    }

    void write(ResultSet row) throws IOException, SQLException {
        json.writeStartArray();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).kind() == Column.Kind.BYTES) {
                byte[] bytes = row.getBytes(i + 1);
                if (bytes == null) {
                    json.writeNull();
                } else {
                    json.writeBinary(bytes);
                }
            } else {
                json.writeString(row.getString(i + 1)); // Writes null for null.
            }
        }
        json.writeEndArray();
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
