package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerChecksTest {
    private static Map<String, String> good() {
        return new HashMap<>(Map.of(
                "version", "10.11.6-MariaDB-0+deb12u1-log",
                "innodb_flush_log_at_trx_commit", "1",
                "innodb_doublewrite", "ON",
                "log_bin", "ON",
                "sync_binlog", "1",
                "read_only", "OFF",
                "max_allowed_packet", "16777216"));
    }

    @Test
    void findsNothingOnAGoodServer() {
        assertThat(ServerChecks.problems(good())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "version, 10.5.29-MariaDB, needs MariaDB 10.6 or later",
        "version, 8.0.36, needs MariaDB 10.6 or later",
        "innodb_flush_log_at_trx_commit, 2, would lose accepted mail",
        "innodb_doublewrite, OFF, innodb_doublewrite is off",
        "sync_binlog, 0, sync_binlog is not 1",
        "read_only, ON, read-only",
        "read_only, NO_LOCK, read-only",
        "max_allowed_packet, 1048576, below 16M",
    })
    void saysEachFaultInASentence(String variable, String value, String expected) {
        Map<String, String> server = good();
        server.put(variable, value);

        assertThat(ServerChecks.problems(server)).singleElement().asString().contains(expected);
    }

    @Test
    void asksNothingOfABinaryLogThatIsOff() {
        Map<String, String> server = good();
        server.put("log_bin", "OFF");
        server.put("sync_binlog", "0");

        assertThat(ServerChecks.problems(server)).isEmpty();
    }

    /** Galera's usual advice is 2; a site that loses its power loses all nodes at once. */
    @Test
    void holdsGaleraToTheSamePromise() {
        Map<String, String> server = good();
        server.put("wsrep_on", "ON");
        server.put("innodb_flush_log_at_trx_commit", "2");

        assertThat(ServerChecks.problems(server)).hasSize(1);
    }
}
