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

class QueueCommandTest {
    @TempDir
    private Path folder;

    private Shell shell;
    private String id;

    @BeforeEach
    void storeOneMessageForTwo() throws IOException {
        shell = Shell.in(folder, "");
        id = QueuedMail.store(shell);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void listsWhatWaitsWithItsReason() throws IOException {
        assertThat(shell.run("queue", "list").out().lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("bert@shop.test") && line.contains("queued"))
                .anyMatch(line -> line.contains("carl@other.test") && line.contains("hold") && line.contains("no key"));
        assertThat(shell.run("queue", "list", "--domain", "shop.test").out()).doesNotContain("carl@");
        assertThat(shell.run("queue", "list", "--recipient", "carl@other.test").out())
                .contains("carl@")
                .doesNotContain("bert@");
        assertThat(shell.run("queue", "list", "--older", "1h").out()).isEqualTo("Nothing waits.\n");
        assertThat(shell.run("queue", "list", "--limit", "1").err()).contains("--after");
        assertThat(shell.run("queue", "list", "--state", "deferred").out()).isEqualTo("Nothing waits.\n");
        JsonNode rows =
                new ObjectMapper().readTree(shell.run("queue", "list", "--json").out());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("id").asText()).isEqualTo(id);
        assertThat(rows.get(0).get("sender").asText()).isEqualTo("anna@office.test");
    }

    @Test
    void goesOnWhereThePageBeforeEnded() {
        Shell.Ended first = shell.run("queue", "list", "--limit", "1");
        String position = first.err().strip().replaceFirst(".*--after ", "");

        assertThat(first.out()).contains("bert@").doesNotContain("carl@");
        assertThat(shell.run("queue", "list", "--after", position).out())
                .contains("carl@")
                .doesNotContain("bert@");
        assertThat(shell.run("queue", "list", "--after", id).out()).isEqualTo("Nothing waits.\n");
        assertThat(shell.run("queue", "list", "--after", "nowhere").code()).isEqualTo(Sysexits.USAGE);
    }

    @Test
    void listsByReasonAndByAccount() {
        assertThat(shell.run("queue", "list", "--because", "NO key").out())
                .contains("carl@")
                .doesNotContain("bert@");
        assertThat(shell.run("queue", "list", "--because", "451").out()).isEqualTo("Nothing waits.\n");
        assertThat(shell.run("queue", "list", "--account", "nobody@office.test").code())
                .isEqualTo(Sysexits.NOINPUT);
    }

    @Test
    void showsOneMessageWithItsSignaturesAndDeliveries() throws IOException {
        String shown = shell.run("queue", "show", id).out();

        assertThat(shown.lines())
                .contains(
                        "signatures  rsa-sha256 s=s1 d=office.test",
                        "client      x\\x1B[2J",
                        "login       anna@office.test")
                .anyMatch(line -> line.startsWith("carl@other.test  hold"));
        JsonNode json = new ObjectMapper()
                .readTree(shell.run("queue", "show", id, "--json").out());
        assertThat(json.get("id").asText()).isEqualTo(id);
        assertThat(json.get("signatures").get(0).get("selector").asText()).isEqualTo("s1");
        assertThat(json.get("deliveries")).hasSize(2);
        assertThat(json.get("deliveries").get(1).get("hold_reason").asText()).isEqualTo("no key");
    }

    @Test
    void printsTheMessageByteForByte() {
        assertThat(shell.run("queue", "raw", id).out())
                .isEqualTo(QueuedMail.PREFIX + "From: anna@office.test\r\n\r\nHi\r\n");
    }

    @Test
    void holdsReleasesAndDropsAfterSayingHowMany() {
        assertThat(shell.run("queue", "hold", "--domain", "shop.test", "--dry-run")
                        .out())
                .startsWith("1 deliveries match");
        assertThat(shell.run("queue", "hold", id, "--reason", "looks odd").out())
                .startsWith("1 deliveries held");
        assertThat(shell.run("queue", "list").out()).contains("looks odd");
        assertThat(shell.run("queue", "release", "--all").out()).startsWith("2 deliveries released");
        assertThat(shell.run("queue", "retry", id).out()).startsWith("2 deliveries due now");
        assertThat(shell.run("queue", "drop", id).out()).startsWith("2 deliveries dropped");
        assertThat(shell.run("queue", "list").out()).isEqualTo("Nothing waits.\n");
        assertThat(shell.run("queue", "raw", id).code()).isEqualTo(Sysexits.NOINPUT);
    }

    @Test
    void tellsTheStoryOfEndedMessagesTooWithForeignTextEscaped() {
        shell.run("queue", "drop", id);

        String story = shell.run("trace", id).out();

        assertThat(story).contains("client=x\\x1B[2J", "admin: action=drop");
        assertThat(shell.run("trace", id, "--json").out()).contains("\"RECEPTION\"", "\"ADMIN\"");
    }
}
