package io.sealpost.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealpost.account.jdbc.JdbcAccounts;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.MasterKeyRotation.Rotated;
import io.sealpost.cli.wiring.MasterKeyRotation.Step;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.MasterKey;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.keys.jdbc.JdbcDataKeys;
import io.sealpost.keys.jdbc.JdbcKeys;
import io.sealpost.keys.jdbc.MasterKeyChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Killed at each step and called again, a rotation ends in one key that opens everything. */
class MasterKeyRotationTest {
    @TempDir
    private Path folder;

    private TestDatabase database;
    private JdbcDataKeys dataKeys;

    /** What a killed process does next: nothing. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void open() {
        database = TestDatabase.open(JdbcAccounts.MIGRATIONS, JdbcKeys.MIGRATIONS);
        dataKeys = new JdbcDataKeys(database.database().transactions(), Clock.systemUTC());
        MasterKey.create(file());
        dataKeys.open(key(file()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Path file() {
        return folder.resolve("master.key");
    }

    private Path next() {
        return folder.resolve("master.key.new");
    }

    private static MasterKey key(Path file) {
        return ((Outcome.Done<MasterKey>) MasterKey.load(file)).value();
    }

    private MasterKeyRotation rotation() {
        Changes changes = new Changes(database.database().transactions(), Clock.systemUTC(), "tester@host");
        return new MasterKeyRotation(file(), new MasterKeyChange(changes), LocalDate.of(2026, 11, 24));
    }

    private long audited() {
        return database.database()
                .transactions()
                .read(handle -> handle.select("SELECT COUNT(*) FROM audit WHERE action = 'master-key.rotate'")
                        .mapTo(Long.class)
                        .one());
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void killedAtAnyStepASecondCallFinishesIt(Step last) throws IOException {
        String before = Files.readString(file());
        assertThatExceptionOfType(Killed.class)
                .isThrownBy(() -> rotation().run(step -> {
                    if (step == last) {
                        throw new Killed();
                    }
                }));
        assertThat(file()).hasContent(before);
        String planned = Files.readString(next());
        assertThat(MasterKeyRotation.unfinished(file())).contains(next());

        Rotated rotated = rotation().run();

        assertThat(file()).hasContent(planned);
        assertThat(next()).doesNotExist();
        assertThat(rotated.kept()).hasFileName("master.key.until-20261124").hasContent(before);
        assertThat(dataKeys.opened(key(file()))).isEqualTo(Outcome.done(2));
        assertThat(dataKeys.opened(key(rotated.kept()))).isInstanceOf(Outcome.Refused.class);
        assertThat(audited()).isEqualTo(1);
    }

    @Test
    void aNewKeyThatWasNotWrittenToItsEndIsMadeAgain() throws IOException {
        Files.writeString(next(), "");

        rotation().run();

        assertThat(dataKeys.opened(key(file()))).isEqualTo(Outcome.done(2));
    }

    @Test
    void aSecondProcessIsToldToWait() {
        rotation()
                .run(step -> assertThatExceptionOfType(Fault.class)
                        .isThrownBy(() -> rotation().run())
                        .satisfies(fault -> assertThat(fault.exitCode()).isEqualTo(Sysexits.TEMPFAIL)));

        assertThat(dataKeys.opened(key(file()))).isEqualTo(Outcome.done(2));
    }

    @Test
    void aDataKeyThatTheOldKeyDoesNotOpenIsNeverGivenUp() {
        MasterKey old = key(file());
        byte[] wrapped = new byte[] {1, 2, 3};
        database.database()
                .transactions()
                .run(handle -> handle.execute(
                        "INSERT INTO data_key (id, purpose, wrapped, created) VALUES (9, 'something-new', ?, '2026-01-01')",
                        wrapped));

        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> rotation().run())
                .withMessageContaining("data key 9");
        assertThat(dataKeys.opened(old)).isEqualTo(Outcome.done(2));
    }
}
