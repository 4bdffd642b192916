package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.story.Commands.Ended;
import io.sealpost.queue.JournalEntry.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten of a command at once beside a {@code serve} that takes mail all the while: nobody sees a deadlock, the relay goes on. */
class TenAtOnceStory {
    private static final Pattern COUNT = Pattern.compile("^(\\d+) deliver");
    private static final Pattern ID = Pattern.compile("\"id\" *: *\"?(\\d+)");

    @TempDir
    private static Path folder;

    private static RelayUnderTest relay;
    private static Commands commands;
    private static String waiting;
    private static Flow flow;

    private int takenBefore;

    @BeforeAll
    static void serveBusily() throws IOException {
        relay = RelayUnderTest.start(folder, RelayUnderTest.NO_LIMITS);
        commands = new Commands(relay.settingsFile());
        commands.ok("account add bert@office.test --generate");
        relay.mx().onRcpt(reply(450, "4.2.0 Not now")).when("waits@");
        waiting = relay.submit("Hi\r\n", "waits@shop.test");
        flow = Flow.start(relay.submission(), RelayUnderTest.ANNA.toString(), relay.appPassword());
    }

    @AfterAll
    static void close() throws InterruptedException {
        flow.close();
        relay.close();
    }

    @BeforeEach
    void countMails() {
        takenBefore = flow.taken();
    }

    @AfterEach
    void theRelayGoesOn() {
        await().atMost(RelayUnderTest.PATIENCE).until(() -> flow.taken() > takenBefore);
        assertThat(flow.sessionEnds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant add Reseller-#",
                "tenant list",
                "domain add d#.test",
                "domain list --json",
                "account add u#@office.test --generate",
                "account passwd u#@office.test --generate",
                "account disable bert@office.test",
                "account enable bert@office.test",
                "account list",
                "account remove u#@office.test",
                "app-password create bert@office.test --label l#",
                "app-password list bert@office.test --json",
                "sender add bert@office.test s#@office.test",
                "sender list bert@office.test",
                "sender remove bert@office.test s#@office.test",
                "dkim create office.test --algorithm ed25519 --selector k#",
                "dkim create office.test --algorithm ed25519",
                "dkim list office.test",
                "dkim dns office.test --json",
                "dkim retire office.test --selector k#",
                "domain remove d#.test",
                "queue list",
                "queue hold --recipient waits@shop.test",
                "queue release --recipient waits@shop.test",
                "queue retry --recipient waits@shop.test",
                "queue suspend other.test --for 1h",
                "queue stats --json",
                "queue fail --recipient nobody#@shop.test",
                "audit list --json",
                "queue show ID",
                "queue raw ID",
                "trace ID",
                "config show",
                "config check",
                "migrate",
                "init"
            })
    void allEndWell(String line) {
        assertThat(tenOf(line)).allSatisfy(ended -> {
            assertThat(ended.code()).as("%s", ended).isZero();
            assertThat(ended.err()).doesNotContain("bug", "Deadlock", "\tat ");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant add Same",
                "domain add same.test",
                "account add same@office.test --generate",
                "dkim create office.test --algorithm ed25519 --selector same"
            })
    void oneOfTenAddsTheSameAndNineAreTold(String line) {
        oneOfTen(line, Sysexits.CANTCREAT);
    }

    @Test
    void oneOfTenRemovesTheSameAndNineAreTold() throws Exception {
        commands.ok("domain add gone.test");
        commands.ok("account add gone@gone.test --generate");
        Matcher id = ID.matcher(commands.ok("app-password create gone@gone.test --label x --json"));
        assertThat(id.find()).isTrue();

        oneOfTen("app-password revoke gone@gone.test " + id.group(1), Sysexits.NOINPUT);
        oneOfTen("account remove gone@gone.test", Sysexits.NOINPUT);
        oneOfTen("domain remove gone.test", Sysexits.NOINPUT);
    }

    @Test
    void whatTenDropIsDroppedOnce() {
        relay.mx().onRcpt(reply(450, "4.2.0 Not now")).when("dropped@");
        String id = relay.submit("Hi\r\n", "dropped@shop.test");
        await().atMost(RelayUnderTest.PATIENCE).until(() -> relay.events(id).contains(Kind.TRANSIENT_FAILURE));
        commands.ok("queue hold " + id);
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> commands.ok("queue show " + id).contains("hold"));

        List<Ended> ended = tenOf("queue drop " + id);

        assertThat(ended).allSatisfy(one -> assertThat(one.code()).as("%s", one).isZero());
        assertThat(ended.stream().mapToInt(TenAtOnceStory::count).sum()).isEqualTo(1);
        assertThat(relay.events(id).stream().filter(Kind.ADMIN::equals)).hasSize(2);
    }

    private static void oneOfTen(String line, int code) {
        List<Ended> ended = tenOf(line);

        assertThat(ended).filteredOn(one -> one.code() == 0).as("%s", ended).hasSize(1);
        assertThat(ended).filteredOn(one -> one.code() != 0).allSatisfy(one -> {
            assertThat(one.code()).as("%s", one).isEqualTo(code);
            assertThat(one.err()).startsWith("sealpost: ").hasLineCount(1);
        });
    }

    /** {@code #} is 0 to 9, {@code ID} the message that waits. */
    private static List<Ended> tenOf(String line) {
        return commands.atOnce(10, number -> line.replace("ID", waiting).replace("#", Integer.toString(number)));
    }

    private static int count(Ended ended) {
        Matcher count = COUNT.matcher(ended.out());
        assertThat(count.find()).as("%s", ended).isTrue();
        return Integer.parseInt(count.group(1));
    }
}
