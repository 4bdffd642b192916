package io.sealpost.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Whether the server keeps what it says it has stored: looked at when {@code serve} starts, and by {@code doctor}. */
public final class ServerChecks {
    private static final List<String> VARIABLES = List.of(
            "version",
            "innodb_flush_log_at_trx_commit",
            "innodb_doublewrite",
            "log_bin",
            "sync_binlog",
            "read_only",
            "max_allowed_packet",
            "datadir");

    /** Linux keeps these in memory; of other memory disks a server does not tell. */
    private static final List<String> MEMORY_DISKS = List.of("/dev/shm/", "/run/");

    private static final String READ_ONLY =
            "the database server is read-only: it is a replica, or an operator stopped writes";
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");
    private static final long PACKET = 16L << 20;

    private ServerChecks() {}

    /** One plain sentence for each fault; empty when all is well. Throws {@link StoreUnavailable} when the database is away. */
    public static List<String> problems(Transactions transactions) {
        return transactions.read(ServerChecks::problems);
    }

    static List<String> problems(Handle handle) {
        List<String> problems = new ArrayList<>(problems(DatabaseSql.variables(handle, VARIABLES)));
        List<String> unsafe = DatabaseSql.tablesOfOtherEngines(handle);
        if (!unsafe.isEmpty()) {
            problems.add("tables are not of InnoDB (" + String.join(", ", unsafe)
                    + "): a crash of the server would lose accepted mail");
        }
        return problems;
    }

    /** Whether these problems pass by themselves, as a failover does: then starting again later is right. */
    public static boolean arePassing(List<String> problems) {
        return problems.equals(List.of(READ_ONLY));
    }

    /** What the server says it is, as {@code 11.4.5-MariaDB}; throws {@link StoreUnavailable} when the database is away. */
    public static String version(Transactions transactions) {
        return transactions
                .read(handle -> DatabaseSql.variables(handle, List.of("version")))
                .getOrDefault("version", "");
    }

    static List<String> problems(Map<String, String> server) {
        List<String> problems = new ArrayList<>();
        String version = server.getOrDefault("version", "");
        if (!isRecentMariaDb(version)) {
            problems.add("the database server is " + version + "; Sealpost needs MariaDB 10.6 or later");
        }
        if (!server.getOrDefault("innodb_flush_log_at_trx_commit", "1").equals("1")) {
            problems.add("innodb_flush_log_at_trx_commit is not 1: a crash of the server would lose accepted mail");
        }
        if (!isOn(server, "innodb_doublewrite")) {
            problems.add("innodb_doublewrite is off: a crash of the server could destroy its tables");
        }
        if (isOn(server, "log_bin") && !server.getOrDefault("sync_binlog", "1").equals("1")) {
            problems.add(
                    "the binary log is on but sync_binlog is not 1: a crash of the server could lose accepted mail on replicas");
        }
        if (isOn(server, "read_only")) {
            problems.add(READ_ONLY);
        }
        if (Long.parseLong(server.getOrDefault("max_allowed_packet", "0")) < PACKET) {
            problems.add("max_allowed_packet is below 16M: batches of mail would not pass");
        }
        String datadir = server.getOrDefault("datadir", "");
        if (MEMORY_DISKS.stream().anyMatch(datadir::startsWith)) {
            problems.add("the server's data lies on a memory disk (" + datadir + "), which forgets accepted mail");
        }
        return problems;
    }

    private static boolean isOn(Map<String, String> server, String name) {
        String value = server.getOrDefault(name, "OFF");
        return !value.equals("OFF") && !value.equals("0");
    }

    private static boolean isRecentMariaDb(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!version.contains("MariaDB") || !parts.matches()) {
            return false;
        }
        int major = Integer.parseInt(parts.group(1));
        return major > 10 || (major == 10 && Integer.parseInt(parts.group(2)) >= 6);
    }
}
