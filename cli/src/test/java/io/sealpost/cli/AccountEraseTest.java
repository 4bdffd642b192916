package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.queue.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account is shut with its waiting mail, or erased with all that is known of it. */
class AccountEraseTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        shell = Shell.in(folder, "");
        shell.run("domain", "add", "office.test");
        shell.run("account", "add", "anna@office.test", "--no-password");
        shell.run("account", "add", "joanna@office.test", "--no-password");
        long id = number("SELECT id FROM account WHERE folded = 'anna@office.test'");
        QueuedMail.store(shell, new Origin(1, OptionalLong.of(id), OptionalLong.empty()));
        shell.database()
                .transactions()
                .run(handle -> handle.execute("INSERT INTO journal (at, id, message, kind, json) VALUES"
                        + " ('2026-01-01', 1, 1, 'RECEPTION', '{\"login\":\"Anna@office.test\"}'),"
                        + " ('2026-01-01', 2, 2, 'RECEPTION', '{\"login\":\"joanna@office.test\"}')"));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private long number(String sql) {
        return shell.database()
                .transactions()
                .read(handle -> handle.select(sql).mapTo(Long.class).one());
    }

    private long mentions(String table, String columns) {
        return number("SELECT COUNT(*) FROM " + table + " WHERE LOWER(CONCAT(" + columns
                + ")) REGEXP '(^|[^a-z])anna@office'");
    }

    @Test
    void disablingHoldsOrDropsWhatWaitsAfterSayingHowMuch() { // One of the two is held already.
        assertThat(shell.run("account", "disable", "anna@office.test", "--dry-run")
                        .out())
                .contains("is active; 2 deliveries of its mail wait. Nothing was changed.");

        assertThat(shell.run("account", "disable", "anna@office.test", "--queue", "hold", "--reason", "taken over")
                        .out())
                .contains("is disabled.", "1 deliveries held.");
        assertThat(shell.run("queue", "list", "--state", "hold").out()).contains("taken over");

        assertThat(shell.run("account", "disable", "anna@office.test", "--queue", "drop")
                        .out())
                .contains("2 deliveries dropped.");
        assertThat(number("SELECT COUNT(*) FROM delivery")).isZero();
        assertThat(shell.run("account", "disable", "x@office.test").code()).isEqualTo(Sysexits.NOINPUT);
    }

    @Test
    void erasingLeavesNothingOfTheAddressAndAllOfTheOthers() {
        shell.run("account", "disable", "anna@office.test", "--reason", "asked by anna@office.test");
        Ended asked = shell.run("account", "erase", "anna@office.test");
        assertThat(asked.code()).isEqualTo(Sysexits.USAGE);
        assertThat(asked.err()).contains("2 deliveries of its mail wait", "--queue drop");
        assertThat(shell.run("account", "erase", "anna@office.test", "--dry-run")
                        .out())
                .contains("The account is there; 2 deliveries");

        Ended erased = shell.run("account", "erase", "anna@office.test", "--queue", "drop");

        assertThat(erased.code()).as(erased.err()).isZero();
        assertThat(mentions("journal", "json")).isZero();
        assertThat(mentions("audit", "subject, json")).isZero();
        assertThat(number("SELECT COUNT(*) FROM audit WHERE action = 'account.disable' AND subject = 'erased'"))
                .isPositive();
        assertThat(number("SELECT COUNT(*) FROM journal WHERE json LIKE '%joanna@office.test%'"))
                .isEqualTo(1);
        assertThat(number("SELECT COUNT(*) FROM audit WHERE subject = 'joanna@office.test'"))
                .isEqualTo(1);
        assertThat(shell.run("account", "list").out()).contains("joanna@").doesNotContain(" anna@");
        assertThat(shell.run("account", "erase", "anna@office.test").code()).isEqualTo(Sysexits.NOINPUT);
    }
}
