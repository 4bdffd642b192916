package io.sealpost.queue.jdbc;

import io.sealpost.database.Transactions;
import io.sealpost.mail.AddressMentions;
import io.sealpost.queue.JournalErasure;
import io.sealpost.queue.jdbc.ErasureSql.Row;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;

/** Walks the journal by its primary key; never more than a slice in a transaction. Thread-safe. */
public final class JdbcJournalErasure implements JournalErasure {
    private static final int SLICE = 1_000;

    private final Transactions transactions;

    /** Works in these transactions. */
    public JdbcJournalErasure(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public long count(AddressMentions who, LongConsumer progress) {
        return walk(who, progress, List::size);
    }

    @Override
    public long erase(AddressMentions who, LongConsumer progress) {
        return walk(who, progress, rows -> transactions.run(handle -> ErasureSql.remove(handle, rows)));
    }

    private long walk(AddressMentions who, LongConsumer progress, ToLongFunction<List<Row>> each) {
        long found = 0;
        long looked = 0;
        Row last = new Row(ErasureSql.BEGINNING, 0, Optional.empty());
        List<Row> page;
        do {
            Row after = last;
            page = transactions.read(handle -> ErasureSql.page(handle, who.hint(), after, SLICE));
            List<Row> hits = page.stream()
                    .filter(row -> row.hinted().filter(who::in).isPresent())
                    .toList();
            found += hits.isEmpty() ? 0 : each.applyAsLong(hits);
            looked += page.size();
            progress.accept(looked);
            last = page.isEmpty() ? last : page.get(page.size() - 1);
        } while (page.size() == SLICE);
        return found;
    }
}
