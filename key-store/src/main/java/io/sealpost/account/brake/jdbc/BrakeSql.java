package io.sealpost.account.brake.jdbc;

import io.sealpost.account.brake.BrakeReason;
import io.sealpost.account.brake.Noticed;
import io.sealpost.account.brake.Owner;
import io.sealpost.database.SqlTimes;
import io.sealpost.mail.EmailAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code account_brake}, and what letters need of an account. */
final class BrakeSql {
    private static final String ROW = """
            INSERT IGNORE INTO account_brake (account) SELECT id FROM account WHERE id = ?""";
    private static final String BRAKE = """
            UPDATE account_brake SET braked = ?, reason = ?, told = NULL WHERE account = ? AND braked IS NULL""";
    private static final String WARN = """
            UPDATE account_brake SET warned = ?, reason = ? WHERE account = ? AND (warned IS NULL OR warned < ?)""";
    private static final String TELL = """
            UPDATE account_brake SET told = ? WHERE account = ? AND told IS NULL AND braked IS NOT NULL""";
    private static final String UNTELL = """
            UPDATE account_brake SET told = NULL WHERE account = ?""";
    static final String UNTOLD = """
            SELECT account FROM account_brake WHERE braked < ? AND told IS NULL LIMIT 100""";
    private static final String RELEASE = """
            UPDATE account_brake SET braked = NULL, reason = NULL, told = NULL, warned = NULL, released = ?,
                released_recipients = ?, released_refused = ?
            WHERE account = ?""";
    private static final String STATE = """
            SELECT braked, reason, released, released_recipients, released_refused FROM account_brake WHERE account = ?""";
    private static final String OWNER = """
            SELECT a.id, a.tenant, a.address, a.display_name, COALESCE(a.language, t.language) AS language
            FROM account a JOIN tenant t ON t.id = a.tenant WHERE a.""";
    private static final String OWNER_BY_ID = OWNER + "id = ?";
    private static final String OWNER_BY_ADDRESS = OWNER + "folded = ?";
    private static final String LANGUAGE = """
            SELECT language FROM tenant WHERE id = ?""";

    private BrakeSql() {}

    /** The row; all empty where there is none. */
    record State(
            Optional<Instant> braked, Optional<BrakeReason> reason, Optional<Instant> released, Noticed releasedAt) {
        static final State NONE = new State(Optional.empty(), Optional.empty(), Optional.empty(), Noticed.NOTHING);
    }

    static int ensureRow(Handle handle, long account) {
        return handle.execute(ROW, account);
    }

    static int brake(Handle handle, long account, BrakeReason reason, Instant now) {
        return handle.execute(BRAKE, SqlTimes.toSql(now), reason.stored(), account);
    }

    static int warn(Handle handle, long account, BrakeReason reason, Instant now, Instant before) {
        return handle.execute(WARN, SqlTimes.toSql(now), reason.stored(), account, SqlTimes.toSql(before));
    }

    static int takeTelling(Handle handle, long account, Instant now) {
        return handle.execute(TELL, SqlTimes.toSql(now), account);
    }

    static int untell(Handle handle, long account) {
        return handle.execute(UNTELL, account);
    }

    static List<Long> untold(Handle handle, Instant before) {
        return handle.select(UNTOLD, SqlTimes.toSql(before)).mapTo(Long.class).list();
    }

    static int release(Handle handle, long account, Instant now, Noticed today) {
        return handle.execute(RELEASE, SqlTimes.toSql(now), today.recipients(), today.refused(), account);
    }

    static State state(Handle handle, long account) {
        return handle.select(STATE, account)
                .map((row, context) -> new State(
                        time(row, "braked"),
                        Optional.ofNullable(row.getString("reason")).flatMap(BrakeReason::ofStored),
                        time(row, "released"),
                        new Noticed(0, row.getLong("released_recipients"), row.getLong("released_refused"))))
                .findOne()
                .orElse(State.NONE);
    }

    static Optional<Owner> owner(Handle handle, long account) {
        return handle.select(OWNER_BY_ID, account)
                .map((row, context) -> owner(row))
                .findOne();
    }

    static Optional<Owner> owner(Handle handle, EmailAddress address) {
        return handle.select(OWNER_BY_ADDRESS, address.folded())
                .map((row, context) -> owner(row))
                .findOne();
    }

    static Optional<String> language(Handle handle, long tenant) {
        return handle.select(LANGUAGE, tenant).mapTo(String.class).findOne();
    }

    private static Owner owner(ResultSet row) throws SQLException {
        return new Owner(
                row.getLong("id"),
                row.getLong("tenant"),
                EmailAddress.parse(row.getString("address")),
                Optional.ofNullable(row.getString("display_name")),
                Optional.ofNullable(row.getString("language")));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class)).map(SqlTimes::fromSql);
    }
}
