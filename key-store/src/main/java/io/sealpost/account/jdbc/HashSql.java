package io.sealpost.account.jdbc;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements of logins on hashes; one method is one statement. */
final class HashSql {
    static final String RAISE = """
            UPDATE account SET hash = ?, hash_was = ? WHERE id = ? AND hash = ?""";
    static final String ANY = """
            SELECT hash FROM account WHERE id >= (SELECT FLOOR(? * MAX(id)) FROM account) ORDER BY id LIMIT 1""";

    private HashSql() {}

    /** Puts a fresh hash of the same password in the place of another; nothing where another was quicker. */
    static int raise(Handle handle, long account, String before, String after) {
        String was = HashMark.raised(HashMark.of(before), HashMark.of(after));
        return handle.execute(RAISE, after, was, account, before);
    }

    /** The hash of the account at this fraction of all; empty when it has none, or there is no account. */
    static Optional<String> any(Handle handle, double fraction) {
        return handle.select(ANY, fraction)
                .map((row, context) -> Optional.ofNullable(row.getString("hash")))
                .findOne()
                .flatMap(hash -> hash);
    }
}
