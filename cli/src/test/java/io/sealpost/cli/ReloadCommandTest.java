package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.console.Sysexits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadCommandTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhenNobodyHearsIt() throws Exception {
        try (Shell shell = Shell.in(folder, "")) {
            Shell.Ended ended = shell.run("reload");

            assertThat(ended.code()).isZero();
            assertThat(ended.out()).startsWith("No node serves now;");
            assertThat(rows(shell)).isEqualTo(1);
        }
    }

    @Test
    void asksNobodyWhileTheSettingsAreWrong() throws Exception {
        try (Shell shell = Shell.in(folder, "")) {
            Files.writeString(shell.file(), "[queue]\nretry = [\"soon\"]\n", StandardOpenOption.APPEND);

            Shell.Ended ended = shell.run("reload");

            assertThat(ended.code()).isEqualTo(Sysexits.CONFIG);
            assertThat(ended.err()).containsPattern("line \\d+: queue.retry: .*soon");
            assertThat(rows(shell)).isZero();
        }
    }

    private static long rows(Shell shell) {
        return shell.database()
                .transactions()
                .read(handle -> handle.select("SELECT COUNT(*) FROM change_feed WHERE kind = 'RELOAD'")
                        .mapTo(Long.class)
                        .one());
    }
}
