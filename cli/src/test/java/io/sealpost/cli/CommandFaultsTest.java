package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.Shell.Ended;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The faults of the commands: one plain sentence, a sysexits code, never a stack trace. None of them changes anything. */
class CommandFaultsTest {
    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void open() throws IOException {
        shell = Shell.in(folder, "");
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                      | 64 | a command is missing",
                "nonsense                              | 64 | Unmatched argument",
                "domain add                            | 64 | Missing required parameter",
                "domain add not_a..domain              | 64 | is not a domain name",
                "account add nobody                    | 64 | is not an email address",
                "account add anna@nowhere.test --generate | 77 | nowhere.test",
                "account passwd nobody@office.test --generate | 66 | nobody@office.test",
                "account disable nobody@office.test    | 66 | nobody@office.test",
                "app-password create nobody@office.test --label x | 66 | nobody@office.test",
                "app-password create anna@office.test  | 64 | --label",
                "sender add nobody@office.test x@office.test | 66 | nobody@office.test",
                "sender add anna@office.test nonsense  | 64 | neither an address",
                "dkim create nowhere.test              | 66 | nowhere.test",
                "dkim activate nowhere.test            | 66 | there is no domain nowhere.test",
                "dkim retire office.test               | 64 | --selector",
                "dkim rotate nowhere.test              | 66 | there is no domain nowhere.test",
                "dkim rollback nowhere.test            | 66 | there is no domain nowhere.test",
                "dkim create office.test --selector x  | 64 | --algorithm",
                "domain remove nowhere.test            | 66 | nowhere.test",
                "domain add office.test --tenant Nobody | 66 | there is no tenant Nobody",
                "queue hold                            | 64 | --all",
                "queue raw 0say6ykgc0000               | 66 | no message 0say6ykgc0000 waits",
                "trace 0say6ykgc0000                   | 66 | nothing is known of 0say6ykgc0000",
                "queue show 0say6ykgc0000              | 66 | tells what became of it",
                "queue list --older soon               | 64 | is not a time",
                "trace                                 | 64 | --follow",
                "trace 0say6ykgc0000 --follow          | 66 | nothing is known of 0say6ykgc0000",
                "trace nonsense                        | 64 | is not a queue id",
                "config check --config /nowhere.toml   | 78 | there is no settings file",
                "healthcheck                           | 78 | no [[listener]]",
                "serve                                 | 78 | no [[listener]]"
            })
    void endsWithOneSentenceAndACode(String line, int code, String part) {
        Ended ended = shell.run(line == null ? new String[0] : line.split(" +"));

        assertThat(ended.code()).as(ended.err()).isEqualTo(code);
        assertThat(ended.err()).startsWith("sealpost: ").contains(part).doesNotContain("\tat ", "Exception");
        assertThat(ended.out()).isEmpty();
    }
}
