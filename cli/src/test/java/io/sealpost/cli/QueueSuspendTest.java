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

class QueueSuspendTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        shell = Shell.in(folder, "");
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private int code(String line) {
        return shell.run(line.split(" ")).code();
    }

    @Test
    void listsWhatIsSuspendedUntilItIsResumed() throws IOException {
        assertThat(shell.run("queue", "suspend", "list").out()).isEqualTo("Nothing is suspended.\n");
        assertThat(shell.run("queue", "suspend", "Shop.test", "--for", "2h", "--reason", "moving")
                        .out())
                .startsWith("Suspended domain shop.test until 20");
        assertThat(code("queue suspend MX1.big.test --site --for 5m")).isZero();

        JsonNode rows = new ObjectMapper()
                .readTree(shell.run("queue", "suspend", "list", "--json").out());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("name").asText()).isEqualTo("shop.test");
        assertThat(rows.get(0).get("waiting").asInt()).isZero();
        assertThat(rows.get(1).get("kind").asText()).isEqualTo("site");
        assertThat(shell.run("queue", "resume", "shop.test").out())
                .isEqualTo("Resumed domain shop.test; 0 deliveries are due now.\n");
        assertThat(code("queue resume shop.test")).isEqualTo(Sysexits.NOINPUT);
        assertThat(code("queue resume mx1.big.test --site")).isZero();
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(code("queue suspend shop.test")).isEqualTo(Sysexits.USAGE);
        assertThat(code("queue suspend shop.test --for 6d")).isEqualTo(Sysexits.USAGE);
        assertThat(code("queue suspend --for 1h")).isEqualTo(Sysexits.USAGE);
        assertThat(code("queue suspend not/a/name --for 1h")).isEqualTo(Sysexits.USAGE);
        assertThat(code("queue suspend nobody@office.test --for 1h")).isEqualTo(Sysexits.NOINPUT);
    }
}
