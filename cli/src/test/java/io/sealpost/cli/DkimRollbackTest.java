package io.sealpost.cli;

import static io.sealpost.cli.KeyRecordsWorld.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import org.junit.jupiter.api.Test;

/**
 * {@code dkim rollback} and {@code dkim retire}. Each change of a key is a transaction: what a killed command leaves is what
 * stands between two of them, and each of these states is made here before the command is called again.
 */
class DkimRollbackTest extends RotationFixture {
    @Test
    void rollingBackSignsWithTheKeysBeforeAndNoFurtherBack() {
        rotate();

        Ended back = run("rollback");

        assertThat(back.code()).as(back.err()).isZero();
        assertThat(back.out()).contains(name("old-rsa", domain) + " signs now.", " is retiring: its record must stand");
        assertThat(states()).isEqualTo(states("active", "active", "retiring", "retiring"));
        Ended again = run("rollback");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("has gone back already; these sign: old-");
        assertThat(states()).isEqualTo(states("active", "active", "retiring", "retiring"));
    }

    @Test
    void killedBetweenItsTwoKeysARollbackIsFinishedAndNotTurnedRound() {
        rotate();
        assertThat(run("rollback", "--selector", "old-rsa").code()).isZero();
        assertThat(states()).isEqualTo(states("active", "retiring", "retiring", "active"));

        assertThat(run("rollback").code()).isZero();

        assertThat(states()).isEqualTo(states("active", "active", "retiring", "retiring"));
    }

    @Test
    void aKeyWhoseRecordIsGoneIsNotRolledBackTo() {
        rotate();
        world.ns2.change(zones -> zones.remove(name("old-rsa", domain)));

        Ended back = run("rollback", "--selector", "old-rsa");

        assertThat(back.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(back.err()).contains("does not stand everywhere any more; nothing was changed", "ns2.ns.test");
        assertRotated();
    }

    @Test
    void withoutARetiringKeyThereIsNoWayBack() {
        Ended ended = run("rollback");

        assertThat(ended.code()).isEqualTo(Sysexits.NOINPUT);
        assertThat(ended.err()).contains("no retiring key to go back to; these sign: old-rsa, old-ed25519");
        assertThat(run("rollback", "--selector", "old-rsa").out()).contains("signs now");
    }

    @Test
    void retiringSaysWhatHangsOnTheKeyAndWhatBecomesOfItsRecord() {
        rotate();

        assertThat(run("retire", "--selector", "old-rsa", "--dry-run").out())
                .contains("No waiting message carries its signature.", "is retiring; nothing was changed");
        assertRotated();
        Ended early = run("retire", "--selector", "old-rsa", "--reason", "sold");
        assertThat(early.out()).contains(name("old-rsa", domain) + " is retired.");
        assertThat(early.err())
                .contains("leave its record until then", name("old-rsa", domain) + ". IN TXT \"v=DKIM1; p=\"");
        assertThat(why("dkim.retire", "old-rsa")).contains("\"reason\":\"sold\"");
        assertThat(why("dkim.activate", "old-rsa")).contains("\"seen\":\"127.0.0.1:", "ns1.ns.test (127.0.0.2)");
        assertThat(why("dkim.replace", "old-rsa")).contains("\"by\":\"s20");
        assertThat(run("rollback", "--selector", "old-rsa").err()).contains("only a retiring one can sign again");
    }

    @Test
    void aKeyWhoseTimeIsOverIsToldInTheList() {
        rotate();
        world.shell
                .database()
                .database()
                .transactions()
                .run(handle -> handle.execute(
                        "UPDATE dkim_key SET state_since = '2026-01-01' WHERE selector = 'old-rsa' AND domain ="
                                + " (SELECT id FROM domain WHERE name = ?)",
                        domain));

        Ended list = run("list");

        assertThat(list.out()).contains("PUBLISHED UNTIL", "2026-01-13 00:00:00Z");
        assertThat(list.err())
                .containsOnlyOnce("is over")
                .contains("sealpost dkim retire " + domain + " --selector old-rsa");
        assertThat(run("retire", "--selector", "old-rsa").err()).contains("Its record may go.");
    }

    private String why(String action, String selector) {
        return world.shell
                .database()
                .database()
                .transactions()
                .read(handle -> handle.select(
                                "SELECT json FROM audit WHERE action = ? AND subject = ?",
                                action,
                                name(selector, domain))
                        .mapTo(String.class)
                        .one());
    }
}
