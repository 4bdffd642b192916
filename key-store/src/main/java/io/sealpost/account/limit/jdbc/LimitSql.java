package io.sealpost.account.limit.jdbc;

import io.sealpost.account.limit.OwnRates;
import io.sealpost.database.SqlTimes;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.Rate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code account_limit}. */
final class LimitSql {
    private static final String OWN = """
            SELECT messages, recipients FROM account_limit WHERE account = ?""";
    private static final String SET = """
            INSERT INTO account_limit (account, messages, recipients, changed) VALUES (?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE messages = VALUES(messages), recipients = VALUES(recipients), changed = VALUES(changed)""";
    private static final String DELETE = """
            DELETE FROM account_limit WHERE account = ?""";

    private static final String ACCOUNT = """
            SELECT id, tenant, folded FROM account WHERE folded = ?""";
    private static final String LOCK_ACCOUNT = ACCOUNT + " FOR UPDATE";

    private LimitSql() {}

    /** Whose limits. */
    record AccountRow(long id, long tenant, String folded) {}

    static Optional<AccountRow> account(Handle handle, EmailAddress address) {
        return account(handle, ACCOUNT, address);
    }

    /** The account, locked so that its changes come one after the other. */
    static Optional<AccountRow> lockAccount(Handle handle, EmailAddress address) {
        return account(handle, LOCK_ACCOUNT, address);
    }

    private static Optional<AccountRow> account(Handle handle, String sql, EmailAddress address) {
        return handle.select(sql, address.folded())
                .map((row, context) ->
                        new AccountRow(row.getLong("id"), row.getLong("tenant"), row.getString("folded")))
                .findOne();
    }

    static OwnRates own(Handle handle, long account) {
        return handle.select(OWN, account)
                .map((row, context) ->
                        new OwnRates(rates(row.getString("messages")), rates(row.getString("recipients"))))
                .findOne()
                .orElse(OwnRates.DEFAULT);
    }

    static int set(Handle handle, long account, OwnRates rates, Instant now) {
        if (rates.equals(OwnRates.DEFAULT)) {
            return handle.execute(DELETE, account);
        }
        return handle.execute(SET, account, text(rates.messages()), text(rates.recipients()), SqlTimes.toSql(now));
    }

    /** As in the settings; null where they hold. */
    static String text(Optional<List<Rate>> rates) {
        return rates.map(list ->
                        list.isEmpty() ? "0" : list.stream().map(Rate::toString).collect(Collectors.joining(", ")))
                .orElse(null);
    }

    private static Optional<List<Rate>> rates(String text) {
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(
                text.equals("0")
                        ? List.of()
                        : Arrays.stream(text.split(", ")).map(Rate::parse).toList());
    }
}
