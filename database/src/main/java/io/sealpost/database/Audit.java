package io.sealpost.database;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Writes the audit trail: rows are added in the transaction of the change, and never altered. */
public final class Audit {
    private static final JsonFactory JSON = new JsonFactory();

    private Audit() {}

    /** Adds an entry, inside the transaction that makes the change. */
    public static void append(Handle handle, AuditEntry entry) {
        DatabaseSql.appendAudit(handle, entry, SqlTimes.toSql(entry.at()), json(entry.details()));
    }

    private static String json(Map<String, String> details) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> detail : new TreeMap<>(details).entrySet()) {
                json.writeStringField(detail.getKey(), detail.getValue());
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
