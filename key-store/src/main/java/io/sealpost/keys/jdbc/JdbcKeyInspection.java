package io.sealpost.keys.jdbc;

import io.sealpost.database.Transactions;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.KeyInspection;
import io.sealpost.keys.jdbc.KeysSql.KeyRow;
import io.sealpost.mail.MailDomain;
import java.util.List;
import java.util.Optional;

/** One statement each, in autocommit. Thread-safe. */
public final class JdbcKeyInspection implements KeyInspection {
    private final Transactions transactions;

    /** Reads in these transactions. */
    public JdbcKeyInspection(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<HeldDomain> domain(MailDomain name) {
        return transactions.read(handle -> KeysSql.domain(handle, name));
    }

    @Override
    public List<DkimKey> keys(MailDomain domain) {
        return transactions.read(handle -> KeysSql.keys(handle, domain)).stream()
                .map(KeyRow::shown)
                .toList();
    }

    @Override
    public int domains() {
        return transactions.read(KeysSql::countDomains);
    }

    @Override
    public List<DkimKey> living(int most) {
        return transactions.read(handle -> KeysSql.livingKeys(handle, most)).stream()
                .map(KeyRow::shown)
                .toList();
    }

    @Override
    public List<MailDomain> withoutActiveKey(int most) {
        return transactions.read(handle -> KeysSql.domainsWithoutActiveKey(handle, most));
    }
}
