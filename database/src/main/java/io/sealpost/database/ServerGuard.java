package io.sealpost.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no connection in, once it watches, to a server that would not keep what it acknowledges: after a failover another server
 * answers at the same address, and an administrator may turn a setting while mail runs. Thread-safe.
 */
final class ServerGuard {
    private static final Logger LOG = LoggerFactory.getLogger(ServerGuard.class);

    private volatile boolean watching;
    private volatile List<String> lastSeen = List.of();

    /** From now on connections are looked at. */
    void watch() {
        watching = true;
    }

    /** Looks at a new connection; closes it and throws SQLTransientConnectionException where its server is not fit for mail. */
    void admit(Connection connection) throws SQLException {
        if (!watching) {
            return;
        }
        List<String> problems;
        try (Handle handle = Jdbi.create(connection).open()) { // Leaves the connection open.
            problems = ServerChecks.problems(handle);
        } catch (RuntimeException failed) {
            connection.close();
            throw failed;
        }
        if (!areFine(problems)) {
            connection.close();
            throw new SQLTransientConnectionException(
                    "the database server is not safe for mail: " + String.join("; ", problems));
        }
    }

    /** Whether the server that this connection leads to may go on being used. */
    boolean isStillFit(Transactions transactions) {
        return !watching || areFine(ServerChecks.problems(transactions));
    }

    /** Said once when it turns, not at each connection. */
    private synchronized boolean areFine(List<String> problems) {
        if (!problems.equals(lastSeen)) {
            lastSeen = problems;
            if (problems.isEmpty()) {
                LOG.info("the database server is safe for mail again");
            } else {
                LOG.error("no mail is taken: the database server is not safe for it: {}", String.join("; ", problems));
            }
        }
        return problems.isEmpty();
    }
}
