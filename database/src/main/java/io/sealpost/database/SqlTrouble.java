package io.sealpost.database;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What an error of the database means; the one place where that is decided. */
public enum SqlTrouble {
    /** The transaction lost a race and was rolled back: running it again whole may well succeed. */
    RACE,
    /** The database is away, is not writable now, or refuses: nothing that another statement could mend. */
    UNAVAILABLE,
    /** A row with this key is there already. */
    DUPLICATE_KEY,
    /** A bug, or a schema that does not fit. */
    OTHER;

    /** Lock wait time-out, deadlock, and a row changed under a snapshot (from MariaDB 11.6 on). */
    private static final Set<Integer> RACES = Set.of(1205, 1213, 1020);

    private static final Set<Integer> UNAVAILABLES = Set.of(
            3, // error writing a file
            28, // no space left
            1021, // disk full
            1023, // error on close
            1026, // error on write
            1030, // error from the storage engine, a full disk above all
            1037, // out of memory
            1038, // out of sort memory
            1040, // too many connections
            1041, // out of resources
            1043, // bad handshake
            1044, // access denied to the schema
            1045, // access denied
            1047, // Galera: not yet ready for statements
            1049, // unknown schema
            1053, // shutting down
            1114, // table full: InnoDB's word for a full disk
            1129, // host blocked
            1130, // host not allowed
            1135, // cannot make a thread
            1158, // network: packet error
            1159, // network: read time-out
            1160, // network: error on write
            1161, // network: write time-out
            1180, // error during COMMIT: Galera lost its quorum
            1203, // too many connections of this user
            1226, // a limit of this user is reached
            1290, // running with --read-only
            1317, // query interrupted
            1792, // read-only transaction
            1836, // read-only mode
            1927, // connection was killed
            1969, // max_statement_time reached
            4151 // access denied: account locked
            );

    private static final Set<Integer> READ_ONLY = Set.of(1290, 1792, 1836);

    /** Judges one exception by its vendor code, its SQLSTATE and its class. */
    public static SqlTrouble classify(SQLException trouble) {
        String state = trouble.getSQLState() == null ? "" : trouble.getSQLState();
        int code = trouble.getErrorCode();
        if (RACES.contains(code) || state.equals("40001")) {
            return RACE;
        }
        if (code == 1062 || code == 1586) {
            return DUPLICATE_KEY;
        }
        boolean connection = trouble instanceof SQLTransientConnectionException
                || trouble instanceof SQLNonTransientConnectionException
                || state.startsWith("08");
        boolean refused = state.startsWith("28");
        boolean interrupted = trouble.getCause() instanceof InterruptedException; // Waiting for the pool, at a stop.
        return connection || refused || interrupted || UNAVAILABLES.contains(code) ? UNAVAILABLE : OTHER;
    }

    /** Whether the server, or the transaction, was found to be read-only. */
    static boolean isReadOnly(SQLException trouble) {
        return READ_ONLY.contains(trouble.getErrorCode());
    }

    /** Judges whatever was thrown by the first exception of the database among its causes; {@link #OTHER} when there is none. */
    public static SqlTrouble of(Throwable thrown) {
        return sqlCause(thrown).map(SqlTrouble::classify).orElse(OTHER);
    }

    /** What the server or the network said: the innermost of the database's exceptions, where the pool's own only says that it waited. */
    static String reason(Throwable thrown) {
        String reason = "";
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < 20; depth++) {
            reason = at instanceof SQLException found && found.getMessage() != null ? found.getMessage() : reason;
            at = at.getCause();
        }
        return reason;
    }

    /** Whether nobody refused anything: the server, or the way to it, only did not answer in time. */
    static boolean isSilence(Throwable thrown) {
        Throwable innermost = thrown;
        for (int depth = 0; innermost.getCause() != null && depth < 20; depth++) {
            innermost = innermost.getCause();
        }
        if (innermost.getSuppressed().length > 0) { // Of several hosts.
            return Stream.of(innermost.getSuppressed()).anyMatch(SqlTrouble::isSilence);
        }
        // Of the pool's own, without a cause: a connection is still being made.
        return innermost instanceof SocketTimeoutException || innermost instanceof SQLTransientConnectionException;
    }

    static Optional<SQLException> sqlCause(Throwable thrown) {
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < 20; depth++) { // A cycle of causes is possible.
            if (at instanceof SQLException found) {
                return Optional.of(found);
            }
            at = at.getCause();
        }
        return Optional.empty();
    }
}
