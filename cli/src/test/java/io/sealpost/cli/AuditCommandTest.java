package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
    @TempDir
    private Path folder;

    @Test
    void tellsWhoSteeredTheQueueAndWhy() throws IOException {
        try (Shell shell = Shell.in(folder, "")) {
            String id = QueuedMail.store(shell);
            shell.run("queue", "hold", "--domain", "shop.test", "--reason", "looks odd");
            shell.run("queue", "drop", id, "--reason", "was spam");

            assertThat(shell.run("audit", "list", "--action", "queue").out().lines())
                    .hasSize(3)
                    .anyMatch(
                            line -> line.matches(".*queue\\.hold +domain=shop\\.test +deliveries=1, reason=looks odd"))
                    .anyMatch(line -> line.matches(".*queue\\.drop +" + id + " +deliveries=2, reason=was spam"));
            JsonNode rows = new ObjectMapper()
                    .readTree(shell.run("audit", "list", "--subject", id, "--json")
                            .out());
            assertThat(rows).hasSize(1);
            assertThat(rows.get(0).get("details").get("reason").asText()).isEqualTo("was spam");
            assertThat(rows.get(0).get("actor").asText()).isNotEmpty();
            Shell.Ended first = shell.run("audit", "list", "--limit", "1");
            assertThat(first.err()).contains("--before ");
            String before = first.err().strip().replaceFirst(".*--before ", "");
            assertThat(shell.run("audit", "list", "--limit", "1", "--before", before)
                            .out())
                    .contains("queue.hold");
            assertThat(shell.run("audit", "list", "--action", "nothing").out()).isEqualTo("Nothing was changed.\n");
        }
    }
}
