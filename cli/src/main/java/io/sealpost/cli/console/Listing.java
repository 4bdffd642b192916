package io.sealpost.cli.console;

import io.sealpost.mail.ForeignText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A listing described once, printed as aligned columns for people or as JSON for scripts. Cells are escaped on the screen; times are
 * UTC to the second there and whole in JSON; null is an empty cell.
 *
 * @param <T> a row
 */
public final class Listing<T> {
    private final String whenEmpty;
    private final List<Column<T>> columns = new ArrayList<>();

    private record Column<T>(String heading, String key, Function<T, Object> value) {}

    /** {@code whenEmpty} is what people read when there is no row: say what to do. */
    public Listing(String whenEmpty) {
        this.whenEmpty = whenEmpty;
    }

    /**
     * One more column.
     *
     * @param heading on the screen
     * @param key in JSON
     * @param value a text, a number or an Instant; null for none
     */
    public Listing<T> column(String heading, String key, Function<T, Object> value) {
        columns.add(new Column<>(heading, key, value));
        return this;
    }

    /** One more column that people see alone. */
    public Listing<T> onScreen(String heading, Function<T, Object> value) {
        return column(heading, "", value);
    }

    /** One more value that scripts see alone. */
    public Listing<T> inJson(String key, Function<T, Object> value) {
        return column("", key, value);
    }

    /** Prints the rows as columns. */
    public void print(Console console, List<T> rows) {
        List<Column<T>> seen =
                columns.stream().filter(column -> !column.heading().isEmpty()).toList();
        console.table(
                seen.stream().map(Column::heading).toList(),
                rows.stream()
                        .map(row -> seen.stream()
                                .map(column -> cell(column.value().apply(row)))
                                .toList())
                        .toList(),
                whenEmpty);
    }

    /** Prints the rows as a list of objects. */
    public void printJson(Console console, List<T> rows) {
        console.json(objects(rows));
    }

    /** The rows as values for {@link Console#json}. */
    public List<Map<String, Object>> objects(List<T> rows) {
        return rows.stream().map(this::object).toList();
    }

    private Map<String, Object> object(T row) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (Column<T> column : columns) {
            Object value = column.value().apply(row);
            if (column.key().isEmpty()) {
                continue;
            }
            object.put(column.key(), value instanceof Instant at ? at.toString() : value);
        }
        return object;
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof Instant at ? Times.shown(at) : ForeignText.escape(value.toString());
    }
}
