package io.sealpost.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.mariadb.jdbc.Driver;

/**
 * Opens connections as Sealpost wants them, to the host that takes writes where the url names several. The settings are asked for at each
 * connection, so that a private server that came back on another port is found again. Thread-safe.
 */
final class MariaDbSource implements DataSource {
    private final Supplier<DatabaseSettings> settings;
    private final Properties options;
    private final ServerGuard guard;
    private final WritableHost hosts = new WritableHost();

    private MariaDbSource(Supplier<DatabaseSettings> settings, Properties options, ServerGuard guard) {
        this.settings = settings;
        this.options = options;
        this.guard = guard;
    }

    /** For the pool: whatever hangs is cut off, and the guard is asked about each server. */
    static MariaDbSource forWork(Supplier<DatabaseSettings> settings, ServerGuard guard) {
        Properties options = options();
        // Longer than the 6 seconds for which Galera stands still when a node falls away.
        options.setProperty(
                "socketTimeout", Long.toString(Duration.ofSeconds(30).toMillis()));
        options.setProperty(
                "sessionVariables", "sql_mode='TRADITIONAL',innodb_lock_wait_timeout=5,max_statement_time=28");
        return new MariaDbSource(settings, options, guard);
    }

    /** For migrations: a change of a large table may take its time. */
    static MariaDbSource forMigrations(DatabaseSettings settings) {
        Properties options = options();
        options.setProperty("sessionVariables", "sql_mode='TRADITIONAL'");
        return new MariaDbSource(() -> settings, options, new ServerGuard());
    }

    /** For a table read or written whole, however long it takes; a server that is gone is found out all the same. */
    static MariaDbSource forBackups(DatabaseSettings settings) {
        Properties options = options();
        options.setProperty("socketTimeout", Long.toString(Duration.ofMinutes(5).toMillis()));
        options.setProperty(
                "sessionVariables",
                "sql_mode='TRADITIONAL,NO_AUTO_VALUE_ON_ZERO',max_statement_time=0,net_write_timeout=3600");
        return new MariaDbSource(() -> settings, options, new ServerGuard());
    }

    private static Properties options() {
        Properties options = new Properties();
        options.setProperty("connectTimeout", "1000");
        options.setProperty("tcpKeepAlive", "true");
        options.setProperty("useBulkStmts", "false"); // With it, who won a compare-and-set is not told.
        options.setProperty("useBulkStmtsForInserts", "true"); // Twice the stored messages a second.
        options.setProperty("allowLocalInfile", "false");
        options.setProperty("connectionCollation", "utf8mb4_nopad_bin");
        return options;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return hosts.connect(settings.get().hosts(), this::connect);
    }

    private Connection connect(DatabaseSettings now) throws SQLException {
        Properties all = new Properties();
        all.putAll(options);
        all.setProperty("sslMode", now.sslMode());
        all.setProperty("user", now.user());
        all.setProperty("password", now.password().reveal());
        Connection connection = new Driver().connect(now.url(), all);
        guard.admit(connection);
        return connection;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the user stands in the settings");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("no java.util.logging here");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
