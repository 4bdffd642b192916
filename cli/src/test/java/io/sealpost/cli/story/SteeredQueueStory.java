package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.QueueRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An administrator's commands beside a running relay. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeredQueueStory {
    @TempDir
    private static Path folder;

    private RelayUnderTest relay;
    private Commands commands;

    @BeforeAll
    void serve() throws IOException {
        relay = RelayUnderTest.start(folder);
        relay.dns().change(zones -> zones.mx("other.test", 10, "mx.other.test", "127.0.0.3"));
        commands = new Commands(relay.settingsFile());
    }

    @AfterAll
    void close() {
        relay.close();
    }

    private long arrived(String recipient) {
        return relay.mx().messages().stream()
                .filter(message -> message.rcptTo().contains(recipient))
                .count();
    }

    private QueueRow row(String recipient) {
        List<QueueRow> rows = relay.queue().stream()
                .filter(row -> row.recipient().toString().equals(recipient))
                .toList();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @Test
    void mailToASuspendedDomainWaitsOthersFlowAndAResumeDeliversIt() {
        deferred("early@shop.test");
        assertThat(commands.ok("queue suspend shop.test --for 2h --reason moving"))
                .startsWith("Suspended domain shop.test until ");
        eventually("queue suspend list", "domain +shop\\.test .* 1 +moving");
        relay.submit("Hi\r\n", "late@shop.test", "flows@other.test");
        await().atMost(RelayUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(arrived("flows@other.test")).isEqualTo(1));
        eventually("queue list", "late@shop\\.test .*domain suspended until .*: moving");
        assertThat(commands.ok("queue list --json")).contains("suspended_until");
        assertThat(arrived("late@shop.test")).isZero();
        assertThat(row("late@shop.test").status().progress().attempts()).isZero();

        relay.mx().clearScript();
        assertThat(commands.ok("queue resume shop.test")).contains("deliveries are due now");
        await().atMost(RelayUnderTest.PATIENCE).untilAsserted(() -> {
            assertThat(arrived("late@shop.test")).isEqualTo(1);
            assertThat(arrived("early@shop.test")).isEqualTo(1);
        });
        assertThat(commands.ok("audit list --action queue.resume")).contains("domain shop.test");
    }

    @Test
    void whatIsGivenUpComesBackSignedWithTheReasonAndTheLastAnswer() {
        deferred("gone@shop.test");
        commands.ok("queue hold --recipient gone@shop.test"); // Else it is under way each second.
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> row("gone@shop.test").status().state() == DeliveryState.HOLD);

        assertThat(commands.ok("queue fail --recipient gone@shop.test --reason out-of-business"))
                .startsWith("1 deliveries given up");

        await().atMost(RelayUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(arrived("anna@office.test")).isEqualTo(1));
        MxMessage notice = relay.mx().messages().stream()
                .filter(message -> message.rcptTo().contains("anna@office.test"))
                .findFirst()
                .orElseThrow();
        assertThat(notice.mailFrom()).isEmpty();
        assertThat(notice.text())
                .contains("Final-Recipient: rfc822; gone@shop.test", "Action: failed", "out-of-business", "4.2.0");
        assertThat(relay.verdicts(notice.content()))
                .containsOnly(Verdict.Kind.PASS)
                .isNotEmpty();
    }

    @Test
    void aSiteAndAnAccountAreSuspendedToo() {
        deferred("site@other.test");
        commands.ok("queue suspend mx.other.test --site --for 2h");
        eventually("queue suspend list", "site +mx\\.other\\.test .* 1\\n");
        assertThat(commands.ok("queue list")).containsPattern("site@other\\.test .*site suspended until");
        assertThat(commands.ok("queue stats --by site")).containsPattern("mx\\.other\\.test +1 ");

        commands.ok("queue suspend anna@office.test --for 1h");
        commands.ok("queue resume mx.other.test --site");
        eventually("queue suspend list", "account +anna@office\\.test .* 1\\n");
        assertThat(arrived("site@other.test")).isZero();

        relay.mx().clearScript();
        commands.ok("queue resume anna@office.test");
        await().atMost(RelayUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(arrived("site@other.test")).isEqualTo(1));
    }

    /** Submitted and put off by its host, due again each second: until a suspension is heard of, and no longer. */
    private void deferred(String recipient) {
        relay.mx().onRcpt(reply(450, "4.2.0 Not now")).when(recipient);
        relay.submit("Hi\r\n", recipient);
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> row(recipient).status().progress().attempts() > 0);
    }

    private void eventually(String command, String pattern) {
        await().atMost(RelayUnderTest.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(commands.ok(command)).containsPattern(pattern));
    }
}
