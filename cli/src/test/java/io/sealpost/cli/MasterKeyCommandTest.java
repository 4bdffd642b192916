package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyCommandTest {
    @TempDir
    private Path folder;

    @Test
    void aNewKeyOpensWhatTheOldOneDidAndTheOldOneIsKept() throws IOException {
        try (Shell shell = Shell.in(folder, "")) {
            shell.run("domain", "add", "office.test");
            shell.run("dkim", "create", "office.test", "--algorithm", "ed25519");
            String before = Files.readString(shell.masterKey());

            Ended ended = shell.run("master-key", "rotate");

            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("2 wrapped by the new master key").doesNotContain(before.strip());
            assertThat(Files.readString(shell.masterKey())).isNotEqualTo(before);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shell.masterKey())))
                    .isEqualTo("rw-------");
            Path kept = kept().get(0);
            assertThat(kept).hasContent(before);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                    .isEqualTo("rw-------");
            assertThat(shell.run("dkim", "create", "office.test").code()).isZero();

            Files.writeString(shell.masterKey(), before);
            Ended withTheOld = shell.run("dkim", "create", "office.test");
            assertThat(withTheOld.code()).isEqualTo(Sysexits.CONFIG);
            assertThat(withTheOld.err()).contains("not the one of this database");
            assertThat(shell.run("master-key", "rotate").code()).isEqualTo(Sysexits.CONFIG);
        }
    }

    @Test
    void aSecondRotationOfTheDayKeepsBothOldKeys() throws IOException {
        try (Shell shell = Shell.in(folder, "")) {
            shell.run("master-key", "rotate");
            shell.run("master-key", "rotate");

            assertThat(kept()).hasSize(2);
        }
    }

    @Test
    void initMakesNoneForADatabaseThatHasOne() throws IOException {
        try (Shell shell = Shell.in(folder, "")) {
            shell.run("domain", "add", "office.test");
            shell.run("dkim", "create", "office.test", "--algorithm", "ed25519");
            Files.delete(shell.masterKey());

            Ended ended = shell.run("init");

            assertThat(ended.code()).isEqualTo(Sysexits.CONFIG);
            assertThat(ended.err()).contains("put that file back");
            assertThat(shell.masterKey()).doesNotExist();
        }
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("var"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("master.key.until-"))
                    .toList();
        }
    }
}
