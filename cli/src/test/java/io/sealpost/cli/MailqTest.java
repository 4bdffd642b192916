package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailqTest {
    private static final String HEADING = "----Queue ID----- --Size-- ---Arrival Time---- --Sender/Recipient------";

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

    @Test
    void standsInThePlacesWherePostfixPrintsIt() {
        String first = QueuedMail.store(shell);
        String second = QueuedMail.store(shell);
        shell.run("queue", "hold", second, "--reason", "looks odd");

        String[] lines = shell.run("queue", "list", "--mailq").out().split("\n");

        assertThat(lines).hasSize(13);
        assertThat(lines[0]).isEqualTo(HEADING);
        assertThat(lines[1])
                .matches(first
                        + "     +\\d+ [A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d anna@office.test");
        assertThat(lines[1].substring(18, 26)).endsWith(" 137");
        assertThat(lines[2]).isEqualTo(" ".repeat(47) + "bert@shop.test");
        assertThat(lines[3]).isEqualTo(" ".repeat(70) + "(no key)");
        assertThat(lines[4]).isEqualTo(" ".repeat(47) + "carl@other.test");
        assertThat(lines[5]).isEmpty();
        assertThat(lines[6]).startsWith(second + "! ");
        assertThat(lines[7]).isEqualTo(" ".repeat(67) + "(looks odd)");
        assertThat(lines[11]).isEmpty();
        assertThat(lines[12]).isEqualTo("-- 0 Kbytes in 2 Requests.");
    }

    @Test
    void saysWhatPostfixSaysOfNothing() {
        assertThat(shell.run("queue", "list", "--mailq").out()).isEqualTo("Mail queue is empty\n");
    }
}
