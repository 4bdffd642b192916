package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.database.Replication.Kind;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationTest {
    private static Map<String, String> lossless() {
        return new HashMap<>(Map.of(
                "log_bin", "ON",
                "wsrep_on", "OFF",
                "rpl_semi_sync_master_enabled", "ON",
                "rpl_semi_sync_master_wait_point", "AFTER_SYNC",
                "rpl_semi_sync_master_timeout", "18446744073709551615",
                "rpl_semi_sync_master_wait_no_slave", "ON"));
    }

    @Test
    void aSingleServerLosesWhatItsDiskLoses() {
        Replication found = Replication.of(Map.of("log_bin", "ON"), Map.of("Slaves_connected", "0"));

        assertThat(found.kind()).isEqualTo(Kind.SINGLE);
        assertThat(found.remedy()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, when one falls away", "2, when one falls away", "3, on all of them"})
    void galeraNeedsThreeNodes(String nodes, String part) {
        Replication found = Replication.of(Map.of("wsrep_on", "ON"), Map.of("wsrep_cluster_size", nodes));

        assertThat(found.kind()).isEqualTo(Kind.GALERA);
        assertThat(found.sentence()).contains(part);
        assertThat(found.remedy().isEmpty()).isEqualTo(nodes.equals("3"));
    }

    @Test
    void semiSyncWithoutFallbackLosesNothing() {
        Replication found = Replication.of(lossless(), Map.of("Rpl_semi_sync_master_status", "ON"));

        assertThat(found.kind()).isEqualTo(Kind.SEMI_SYNC);
        assertThat(found.remedy()).isEmpty();
        assertThat(Replication.of(lossless(), Map.of("Rpl_semi_sync_master_status", "OFF"))
                        .remedy())
                .contains("bring a replica back");
    }

    @ParameterizedTest
    @CsvSource({
        "rpl_semi_sync_master_wait_point, AFTER_COMMIT, at AFTER_COMMIT",
        "rpl_semi_sync_master_timeout, 10000, with a fall-back",
        "rpl_semi_sync_master_wait_no_slave, OFF, with a fall-back"
    })
    void semiSyncThatGivesUpIsNamed(String variable, String value, String part) {
        Map<String, String> server = lossless();
        server.put(variable, value);

        Replication found = Replication.of(server, Map.of("Rpl_semi_sync_master_status", "ON"));

        assertThat(found.kind()).isEqualTo(Kind.SEMI_SYNC_WITH_FALLBACK);
        assertThat(found.sentence()).contains(part);
        assertThat(found.remedy()).contains("AFTER_SYNC");
    }

    @Test
    void asynchronousReplicasLoseTheLastMoments() {
        assertThat(Replication.of(Map.of("log_bin", "ON"), Map.of("Slaves_connected", "1"))
                        .kind())
                .isEqualTo(Kind.ASYNCHRONOUS);
    }

    @Test
    void aRealServerTells() {
        try (Database database = Database.open(TestServer.settings())) {
            assertThat(Replication.of(database.transactions()).kind()).isEqualTo(Kind.SINGLE);
        }
    }
}
