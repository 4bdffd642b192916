package io.sealpost.database;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What of acknowledged mail may be lost together with the database server, as far as the server itself tells.
 *
 * @param kind what kind of replication was recognised
 * @param sentence what that means for acknowledged mail
 * @param remedy what to do about it; empty where nothing can be lost with one server
 */
public record Replication(Kind kind, String sentence, String remedy) {
    /** What copies a server's data to others. */
    public enum Kind {
        /** Nothing. */
        SINGLE,
        /** A Galera cluster: every commit is on all its nodes before it is answered. */
        GALERA,
        /** A replica has every commit before it is answered, and no time-out lets one pass without. */
        SEMI_SYNC,
        /** The same until a time-out, or a replica confirms too late to be sure. */
        SEMI_SYNC_WITH_FALLBACK,
        /** Replicas follow. */
        ASYNCHRONOUS
    }

    private static final List<String> VARIABLES = List.of(
            "log_bin",
            "wsrep_on",
            "rpl_semi_sync_master_enabled",
            "rpl_semi_sync_master_wait_point",
            "rpl_semi_sync_master_timeout",
            "rpl_semi_sync_master_wait_no_slave");
    private static final List<String> STATUS =
            List.of("wsrep_cluster_size", "Rpl_semi_sync_master_status", "Slaves_connected");
    /** Milliseconds; whoever sets less means to go on without a replica. */
    private static final long NO_FALLBACK = Duration.ofDays(1).toMillis();

    private static final int QUORUM = 3;
    private static final String DOCUMENT = " (docs/operations/database.md)";

    /** As the server is now; throws {@link StoreUnavailable} when it is away. */
    public static Replication of(Transactions transactions) {
        return transactions.read(
                handle -> of(DatabaseSql.variables(handle, VARIABLES), DatabaseSql.status(handle, STATUS)));
    }

    static Replication of(Map<String, String> variables, Map<String, String> status) {
        if (is(variables, "wsrep_on")) {
            return galera(number(status, "wsrep_cluster_size"));
        }
        if (is(variables, "rpl_semi_sync_master_enabled")) {
            return semiSync(variables, status);
        }
        long replicas = number(status, "Slaves_connected");
        if (is(variables, "log_bin") && replicas > 0) {
            return new Replication(
                    Kind.ASYNCHRONOUS,
                    "replicas follow asynchronously: with the primary, mail acknowledged in its last moments is lost",
                    "take Galera, or semi-synchronous replication without fall-back" + DOCUMENT);
        }
        return new Replication(
                Kind.SINGLE, "one server, no replica: what waits is lost with its disk, but for backups", "");
    }

    private static Replication galera(long nodes) {
        String sentence =
                "Galera, " + nodes + (nodes == 1 ? " node" : " nodes") + ": what is acknowledged is on all of them";
        return new Replication(
                Kind.GALERA,
                nodes < QUORUM ? sentence + "; when one falls away the rest may stand still" : sentence,
                nodes < QUORUM ? "run three nodes or more" + DOCUMENT : "");
    }

    private static Replication semiSync(Map<String, String> variables, Map<String, String> status) {
        boolean afterSync =
                variables.getOrDefault("rpl_semi_sync_master_wait_point", "").equals("AFTER_SYNC");
        boolean waits = number(variables, "rpl_semi_sync_master_timeout") >= NO_FALLBACK
                && is(variables, "rpl_semi_sync_master_wait_no_slave");
        if (!afterSync || !waits) {
            return new Replication(
                    Kind.SEMI_SYNC_WITH_FALLBACK,
                    "semi-synchronous replication " + (afterSync ? "with a fall-back" : "at AFTER_COMMIT")
                            + ": with the primary, mail that it acknowledged alone is lost",
                    "set rpl_semi_sync_master_wait_point=AFTER_SYNC, rpl_semi_sync_master_wait_no_slave=ON and"
                            + " rpl_semi_sync_master_timeout of a day or more" + DOCUMENT);
        }
        boolean on = is(status, "Rpl_semi_sync_master_status");
        return new Replication(
                Kind.SEMI_SYNC,
                "semi-synchronous replication without fall-back: what is acknowledged is on a replica"
                        + (on ? "" : "; it is not in force now: no replica confirms"),
                on ? "" : "bring a replica back, and look at its rpl_semi_sync_slave_enabled" + DOCUMENT);
    }

    private static boolean is(Map<String, String> values, String name) {
        String value = values.getOrDefault(name, "OFF");
        return value.equals("ON") || value.equals("1");
    }

    /** As large as a long where it is larger; 0 where there is none. */
    private static long number(Map<String, String> values, String name) {
        String text = values.getOrDefault(name, "");
        if (!text.matches("\\d+")) {
            return 0;
        }
        return text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
    }
}
