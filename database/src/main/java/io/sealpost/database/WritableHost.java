package io.sealpost.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds, among the hosts of a url, the one that takes writes, and stays with it until it no longer does: a Galera node that left its
 * cluster, a replica, a primary that is gone are passed over. All connections so go to one host, where each sees what the others wrote; the
 * driver's own failover is not used, since it would run statements again on its own. Thread-safe.
 */
final class WritableHost {
    private static final Logger LOG = LoggerFactory.getLogger(WritableHost.class);
    /** Empty where it takes writes. Galera's state is no variable, and it says OFF on a server without Galera. */
    private static final String FITNESS = """
            SELECT CASE
              WHEN CAST(@@global.read_only AS CHAR) NOT IN ('0', 'OFF') THEN 'it is read-only'
              WHEN (SELECT variable_value FROM information_schema.global_variables WHERE variable_name = 'WSREP_ON') = 'ON'
               AND (SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'WSREP_READY') <> 'ON'
                THEN 'it is not part of its Galera cluster'
              ELSE '' END""";

    private volatile int current;

    /** Opens one connection to one host. */
    interface Opener {
        /** Throws when the host is away or refuses. */
        Connection open(DatabaseSettings host) throws SQLException;
    }

    /** A connection to the host used so far where it still takes writes, else to the first that does. */
    Connection connect(List<DatabaseSettings> hosts, Opener opener) throws SQLException {
        if (hosts.size() == 1) {
            return opener.open(hosts.get(0)); // There is no choice: what it is not fit for, the statements will tell.
        }
        SQLException failure =
                new SQLTransientConnectionException("none of the " + hosts.size() + " database hosts takes writes");
        int from = current;
        for (int i = 0; i < hosts.size(); i++) {
            int at = (from + i) % hosts.size();
            try {
                Connection connection = writable(opener.open(hosts.get(at)));
                if (at != from) {
                    current = at;
                    LOG.warn("the database is reached at the {} host of its url now", ordinal(at));
                }
                return connection;
            } catch (SQLException unfit) {
                failure.addSuppressed(unfit);
                failure.setNextException(unfit);
            }
        }
        throw failure;
    }

    private static Connection writable(Connection connection) throws SQLException {
        try (Statement ask = connection.createStatement();
                ResultSet answer = ask.executeQuery(FITNESS)) {
            answer.next();
            if (answer.getString(1).isEmpty()) {
                return connection;
            }
            throw new SQLTransientConnectionException(answer.getString(1));
        } catch (SQLException unfit) {
            connection.close();
            throw unfit;
        }
    }

    private static String ordinal(int index) {
        return index == 0 ? "first" : index == 1 ? "second" : index == 2 ? "third" : (index + 1) + "th";
    }
}
