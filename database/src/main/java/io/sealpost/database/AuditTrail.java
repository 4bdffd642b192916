package io.sealpost.database;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sealpost.database.DatabaseSql.AuditRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link Audit} wrote. Thread-safe. */
public final class AuditTrail {
    private static final JsonFactory JSON = new JsonFactory();

    private final Transactions transactions;

    /** Reads in these transactions. */
    public AuditTrail(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * An entry as it was kept.
     *
     * @param id its number, by which a listing goes on
     */
    public record Kept(long id, AuditEntry entry) {}

    /** The latest entries first; throws {@link StoreUnavailable} when the database is away. */
    public List<Kept> list(AuditQuery query, int limit) {
        return transactions.read(handle -> DatabaseSql.audit(handle, query, limit)).stream()
                .map(AuditTrail::kept)
                .toList();
    }

    private static Kept kept(AuditRow row) {
        return new Kept(
                row.id(),
                new AuditEntry(
                        row.tenant(),
                        row.actor(),
                        row.action(),
                        row.subject(),
                        details(row.json()),
                        SqlTimes.fromSql(row.at())));
    }

    /** One object of strings, as {@link Audit} writes it. */
    private static Map<String, String> details(String text) {
        Map<String, String> details = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                details.put(name, json.getText());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("an audit entry that is no JSON", unreadable);
        }
        return details;
    }
}
