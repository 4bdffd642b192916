package io.sealpost.account.jdbc;

import io.sealpost.account.AppPassword;
import io.sealpost.account.AppPassword.Kind;
import io.sealpost.account.CredentialBounds;
import io.sealpost.database.SqlTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on app passwords and devices; one method is one statement. */
final class AppPasswordSql {
    private static final String COLUMNS = """
            SELECT p.id, p.account, p.label, p.created, p.bounds, d.credential IS NOT NULL AS is_device,
                u.at, u.client, u.listener, u.tls, u.helo, u.times
            FROM app_password p
            LEFT JOIN device d ON d.credential = p.id
            LEFT JOIN login_use u ON u.account = p.account AND u.credential = p.id AND u.outcome = 'granted'
            """;
    private static final String LIST = COLUMNS + "WHERE p.account = ? ORDER BY p.id";
    static final String FIND = COLUMNS + "WHERE p.account = ? AND p.id = ?";
    static final String BY_MAC = COLUMNS + "WHERE p.account = ? AND p.mac = ?";
    static final String DEVICES_AT = COLUMNS + "WHERE d.listener = ? AND d.block = ? ORDER BY p.id";
    private static final String UPDATE = """
            UPDATE app_password SET label = ?, bounds = ? WHERE id = ?""";
    private static final String INSERT_DEVICE = """
            INSERT INTO device (credential, listener, block) VALUES (?, ?, ?)""";
    private static final String INSERT = """
            INSERT INTO app_password (account, mac, label, bounds, created) VALUES (?, ?, ?, ?, ?)""";
    private static final String DELETE = """
            DELETE FROM app_password WHERE id = ?""";
    private static final String DELETE_ALL = """
            DELETE FROM app_password WHERE account = ?""";

    private AppPasswordSql() {}

    static List<AppPassword> list(Handle handle, long account) {
        return handle.select(LIST, account)
                .map((row, context) -> appPassword(row))
                .list();
    }

    static Optional<AppPassword> find(Handle handle, long account, long id) {
        return handle.select(FIND, account, id)
                .map((row, context) -> appPassword(row))
                .findOne();
    }

    static Optional<AppPassword> byMac(Handle handle, long account, byte[] mac) {
        return handle.select(BY_MAC, account, mac)
                .map((row, context) -> appPassword(row))
                .findOne();
    }

    static long insert(
            Handle handle, long account, byte[] mac, String label, CredentialBounds bounds, Instant created) {
        return handle.createUpdate(INSERT)
                .bind(0, account)
                .bind(1, mac)
                .bind(2, label)
                .bind(3, BoundsJson.write(bounds).orElse(null))
                .bind(4, SqlTimes.toSql(created))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    /** Devices of this block of addresses on this listener, of all accounts. */
    static List<AppPassword> devicesAt(Handle handle, String listener, byte[] block) {
        return handle.select(DEVICES_AT, listener, block)
                .map((row, context) -> appPassword(row))
                .list();
    }

    static void insertDevice(Handle handle, long credential, String listener, byte[] block) {
        handle.execute(INSERT_DEVICE, credential, listener, block);
    }

    static int update(Handle handle, AppPassword wanted) {
        return handle.execute(
                UPDATE, wanted.label(), BoundsJson.write(wanted.bounds()).orElse(null), wanted.id());
    }

    static int delete(Handle handle, long id) {
        return handle.execute(DELETE, id);
    }

    static int deleteAll(Handle handle, long account) {
        return handle.execute(DELETE_ALL, account);
    }

    private static AppPassword appPassword(ResultSet row) throws SQLException {
        return new AppPassword(
                row.getLong("id"),
                row.getLong("account"),
                row.getString("label"),
                SqlTimes.fromSql(row.getObject("created", LocalDateTime.class)),
                BoundsJson.read(Optional.ofNullable(row.getString("bounds"))),
                row.getBoolean("is_device") ? Kind.DEVICE : Kind.PASSWORD,
                row.getObject("at") == null ? Optional.empty() : Optional.of(LoginUseSql.use(row)));
    }
}
