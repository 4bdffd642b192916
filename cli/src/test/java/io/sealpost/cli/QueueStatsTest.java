package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.console.Sysexits;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueStatsTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void storeOneMessageForTwo() throws IOException {
        shell = Shell.in(folder, "");
        QueuedMail.store(shell);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void countsByStateDomainAndAge() throws IOException {
        shell.run("queue", "suspend", "shop.test", "--for", "1h");

        assertThat(shell.run("queue", "stats").out().lines())
                .contains("2 waiting: 1 queued, 0 active, 0 deferred, 1 hold")
                .anyMatch(line -> line.matches("NAME +T +5 +10 +20 +40 +80 +160 +320 +640 +1280 +1280\\+"))
                .anyMatch(line -> line.matches("TOTAL +2 +2 +0 .*"))
                .anyMatch(line -> line.matches("shop\\.test +1 +1 +0 .*"))
                .anyMatch(line -> line.startsWith("Suspended until ") && line.contains("domain shop.test"));
        JsonNode json = new ObjectMapper()
                .readTree(shell.run("queue", "stats", "--json").out());
        assertThat(json.get("states").get("hold").asInt()).isEqualTo(1);
        assertThat(json.get("lines")).hasSize(2);
        assertThat(json.get("lines").get(0).get("ages").get("5").asInt()).isEqualTo(1);
        assertThat(json.get("suspensions")).hasSize(1);
        assertThat(shell.run("queue", "stats", "--by", "site").out()).contains("(not known yet)");
        assertThat(shell.run("queue", "stats", "--limit", "1").err()).startsWith("1 more lines");
    }

    @Test
    void verifiesAndMends() {
        assertThat(shell.run("queue", "verify").out())
                .endsWith("Looked at 2 deliveries, 1 messages, 1 contents; 0 do not fit, 0 of them mended.\n");
        shell.database().transactions().read(handle -> handle.execute("DELETE FROM delivery"));

        Shell.Ended found = shell.run("queue", "verify");
        assertThat(found.code()).isEqualTo(Sysexits.DATAERR);
        assertThat(found.out()).contains("message-without-delivery  ").contains("1 do not fit, 0 of them mended");
        assertThat(found.err()).contains("--mend");
        assertThat(shell.run("queue", "verify", "--mend").code()).isZero();
        assertThat(shell.run("queue", "verify", "--json").out()).isEqualTo("[ ]\n");
    }

    @Test
    void watchesALineASecondWhereNobodyLooks() {
        Shell.Ended ended = shell.run("queue", "watch", "--times", "2");

        assertThat(ended.out().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("queued=1 active=0 deferred=0 hold=1  in=0.1/s sent=0.0/s"));
        assertThat(shell.run("queue", "watch", "--times", "-1").code()).isEqualTo(Sysexits.USAGE);
    }
}
