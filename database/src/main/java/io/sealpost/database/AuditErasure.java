package io.sealpost.database;

import io.sealpost.database.AuditErasureSql.Row;
import io.sealpost.mail.AddressMentions;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Takes an address out of the audit trail: who acted, when and what is kept, about whom is not. Thread-safe; interrupted, it is
 * finished by another call.
 */
public final class AuditErasure {
    private static final int SLICE = 1_000;
    private static final String WORD = "erased";

    private final Transactions transactions;

    /** Works in these transactions. */
    public AuditErasure(Transactions transactions) {
        this.transactions = transactions;
    }

    /** How many entries mention the address; throws {@link StoreUnavailable} when the database is away. */
    public long count(AddressMentions who) {
        return walk(who, List::size);
    }

    /** Puts a word in its place, a slice a transaction; of entries about it no detail stays. Returns how many were changed. */
    public long erase(AddressMentions who) {
        return walk(
                who,
                rows -> transactions.run(handle -> {
                    rows.forEach(row -> AuditErasureSql.replace(handle, erased(row, who)));
                    return (long) rows.size();
                }));
    }

    private static Row erased(Row row, AddressMentions who) {
        boolean about = who.in(row.subject());
        return new Row(row.id(), who.replacedIn(row.subject(), WORD), about ? "{}" : who.replacedIn(row.json(), WORD));
    }

    private long walk(AddressMentions who, ToLongFunction<List<Row>> each) {
        long found = 0;
        long last = 0;
        List<Row> page;
        do {
            long after = last;
            page = transactions.read(handle -> AuditErasureSql.page(handle, after, who.hint(), SLICE));
            List<Row> hits = page.stream()
                    .filter(row -> who.in(row.subject()) || who.in(row.json()))
                    .toList();
            found += hits.isEmpty() ? 0 : each.applyAsLong(hits);
            last = page.isEmpty() ? last : page.get(page.size() - 1).id();
        } while (page.size() == SLICE);
        return found;
    }
}
