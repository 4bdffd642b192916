package io.sealpost.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.keys.Outcome.Done;
import io.sealpost.keys.Outcome.Refused;
import io.sealpost.keys.Problem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("master.key");
    }

    private static MasterKey done(Outcome<MasterKey> outcome) {
        return ((Done<MasterKey>) outcome).value();
    }

    private static Problem refused(Outcome<MasterKey> outcome) {
        return ((Refused<MasterKey>) outcome).problem();
    }

    @Test
    void isMadeOfThirtyTwoBytesForItsOwnerAlone() throws IOException {
        done(MasterKey.create(file()));

        assertThat(Base64.getDecoder().decode(Files.readString(file()).strip())).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void opensWhatItWrappedAfterBeingReadAgain() {
        MasterKey made = done(MasterKey.create(file()));
        DataKey dataKey = made.newDataKey(7, KeyPurpose.DKIM);
        byte[] wrapped = made.wrap(dataKey);

        MasterKey read = done(MasterKey.load(file()));

        assertThat(read.unwrap(7, KeyPurpose.DKIM, wrapped)).contains(dataKey);
        assertThat(read.unwrap(8, KeyPurpose.DKIM, wrapped)).isEmpty();
        assertThat(read.unwrap(7, KeyPurpose.APP_PASSWORD, wrapped)).isEmpty();
        assertThat(read.unwrap(7, KeyPurpose.DKIM, new byte[5])).isEmpty();
    }

    @Test
    void isNeverOverwritten() throws IOException {
        Files.writeString(file(), "precious");

        Problem problem = refused(MasterKey.create(file()));

        assertThat(problem.kind()).isEqualTo(Kind.ALREADY_THERE);
        assertThat(file()).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
    void isRefusedWhenOthersCanUseIt(String mode) throws IOException {
        done(MasterKey.create(file()));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));

        Problem problem = refused(MasterKey.load(file()));

        assertThat(problem.kind()).isEqualTo(Kind.MASTER_KEY);
        assertThat(problem.sentence()).contains("others than its owner").contains("chmod 600 " + file());
    }

    @Test
    void isRefusedWhenItIsMissing() {
        assertThat(refused(MasterKey.load(file())).sentence())
                .contains("is not there")
                .contains("sealpost init");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2hvcnQ=", "no base64 !"})
    void isRefusedWhenItIsNoKey(String content) throws IOException {
        Files.createFile(file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file(), content);

        assertThat(refused(MasterKey.load(file())).sentence())
                .contains("not 32 bytes in base64")
                .doesNotContain("c2hvcnQ");
    }

    @Test
    void cannotPrintItself() {
        MasterKey key = done(MasterKey.create(file()));

        assertThat(key).hasToString("(hidden)");
        assertThat(key.newDataKey(1, KeyPurpose.DKIM)).hasToString("data key 1 (dkim)");
    }
}
