package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.story.RelayNodes.Node;
import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account that looks taken over: its mail is held on both nodes, its owner and the operator hear of it, and it is let go or thrown away. */
class BrakedAccountStory {
    private static final Pattern PASSWORD = Pattern.compile("[a-z0-9]{4}(?:-[a-z0-9]{4}){6}");
    private static final String SETTINGS = """
            [limits]
            account_messages = "0"
            account_recipients = "0"
            brake_floor = 10
            brake_refused = 4
            brake_networks = 4
            brake_burst = 3
            operator = "admin@office.test"
            [bounce]
            domain = "office.test"
            """;

    @TempDir
    private static Path folder;

    private static RelayUnderTest relay;
    private static RelayNodes nodes;
    private static Commands commands;

    @BeforeAll
    static void startBoth() throws IOException {
        relay = RelayUnderTest.bare(folder, SETTINGS, TestDatabase::settings);
        relay.addKeys(KeyAlgorithm.RSA);
        nodes = RelayNodes.start(relay);
        commands = new Commands(relay.settingsFile());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        nodes.close();
        relay.close();
    }

    private static String newAccount(String address) {
        commands.ok("account add " + address + " --no-password");
        Matcher found = PASSWORD.matcher(commands.ok("app-password create " + address + " --label test"));
        assertThat(found.find()).isTrue();
        return found.group();
    }

    private static RawSmtpClient login(Node node, String from, String address, String password) {
        return RawSmtpClient.connect(node.address(), Loopback.socket(from, 0))
                .expect("220")
                .say("EHLO client.test", "250")
                .startTls()
                .say("EHLO client.test", "250")
                .authPlain(address, password, "235 2.7.0");
    }

    private static void send(Node node, String from, String address, String password, String subject, int recipients) {
        try (RawSmtpClient client = login(node, from, address, password)) {
            client.say("MAIL FROM:<" + address + ">", "250");
            for (int i = 0; i < recipients; i++) {
                client.say("RCPT TO:<shop" + i + "@shop.test>", "250");
            }
            client.say("DATA", "354");
            client.send("From: " + address + "\r\nTo: shop@shop.test\r\nSubject: " + subject + "\r\n\r\nHi\r\n.\r\n")
                    .expect("250");
        }
    }

    private static List<MxMessage> arrived(String text) {
        return relay.mx().messages().stream()
                .filter(message -> new String(message.content(), StandardCharsets.UTF_8).contains(text))
                .toList();
    }

    private static List<MxMessage> awaitLetters(String recipient, String subject) {
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> !letters(recipient, subject).isEmpty());
        return letters(recipient, subject);
    }

    private static List<MxMessage> letters(String recipient, String subject) {
        return arrived(subject).stream()
                .filter(message -> message.rcptTo().contains(recipient))
                .toList();
    }

    private static void awaitBrake(String address, String reason) {
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> commands.ok("account show " + address).contains("braked"));
        assertThat(commands.ok("account show " + address)).contains(reason);
    }

    private static String held(String address) {
        return commands.ok("account drop-held " + address + " --dry-run").split(" ")[0];
    }

    @Test
    void moreRecipientsThanEverAreHeldOnBothNodesAndReleasedSigned() {
        String bert = "bert@office.test";
        String password = newAccount(bert);
        commands.ok("account set " + bert + " --display-name Bert --language de");
        send(nodes.a(), "127.0.0.1", bert, password, "before", 6);
        send(nodes.b(), "127.0.0.1", bert, password, "before", 6);
        awaitBrake(bert, "12 recipients today, up to 10 are usual");

        String letter = text(awaitLetters(bert, "Ihre Post wird angehalten").get(0));
        assertThat(letter)
                .contains("From: Mail System", "<postmaster@office.test>", "Auto-Submitted: auto-generated")
                .contains("Guten Tag Bert,", "12 Empf=C3=A4nger heute");
        assertThat(relay.verdicts(
                        letters(bert, "Ihre Post wird angehalten").get(0).content()))
                .containsExactly(Verdict.Kind.PASS);
        awaitLetters("admin@office.test", bert + " looks taken over");

        await().atMost(RelayUnderTest.PATIENCE).untilAsserted(() -> {
            send(nodes.a(), "127.0.0.1", bert, password, "probe", 1);
            assertThat(Integer.parseInt(held(bert))).isPositive();
        });
        await().atMost(RelayUnderTest.PATIENCE).untilAsserted(() -> {
            int before = Integer.parseInt(held(bert));
            send(nodes.b(), "127.0.0.1", bert, password, "kept", 1);
            assertThat(Integer.parseInt(held(bert))).isGreaterThan(before);
        });
        assertThat(commands.ok("queue list --state hold")).contains("account braked: 12 recipients today");

        assertThat(commands.ok("account release " + bert + " --reason newsletter"))
                .contains("is not braked any more");
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> !arrived("Subject: kept").isEmpty());
        assertThat(relay.verdicts(arrived("Subject: kept").get(0).content())).containsExactly(Verdict.Kind.PASS);
        assertThat(held(bert)).isEqualTo("0");
        assertThat(commands.ok("audit list --subject " + bert)).contains("account.brake", "account.release");
        send(nodes.a(), "127.0.0.1", bert, password, "after", 6);
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> !arrived("Subject: after").isEmpty());
        assertThat(commands.ok("account show " + bert))
                .as("what it did is its habit")
                .doesNotContain("braked");
        assertThat(letters(bert, "Ihre Post wird angehalten")).as("told once").hasSize(1);
    }

    @Test
    void refusedRecipientsBrakeAndHeldMailIsThrownAway() {
        String carl = "carl@office.test";
        String password = newAccount(carl);
        relay.mx().onRcpt(reply(550, "5.1.1 No such user")).when("nobody");
        try (RawSmtpClient client = login(nodes.a(), "127.0.0.1", carl, password)) {
            client.say("MAIL FROM:<" + carl + ">", "250");
            for (int i = 0; i < 4; i++) {
                client.say("RCPT TO:<nobody" + i + "@shop.test>", "250");
            }
            client.say("DATA", "354");
            client.send("From: " + carl + "\r\nTo: a@shop.test\r\nSubject: x\r\n\r\nHi\r\n.\r\n")
                    .expect("250");
        }
        awaitBrake(carl, "4 recipients refused today");
        awaitLetters(carl, "Your mail is being held");
        await().atMost(RelayUnderTest.PATIENCE).untilAsserted(() -> {
            send(nodes.b(), "127.0.0.1", carl, password, "thrown away", 1);
            assertThat(Integer.parseInt(held(carl))).isPositive();
        });
        int waiting = Integer.parseInt(held(carl));
        assertThat(commands.ok("account drop-held " + carl)).contains(waiting + " deliveries dropped");
        assertThat(held(carl)).isEqualTo("0");
        assertThat(commands.ok("audit list --subject " + carl)).contains("account.drop-held");
        assertThat(commands.ok("account show " + carl)).contains("braked");
    }

    @Test
    void loginsFromManyNetworksBrake() {
        String dora = "dora@office.test";
        String password = newAccount(dora);
        for (int i = 1; i <= 4; i++) {
            login(i % 2 == 0 ? nodes.a() : nodes.b(), "127.0." + (40 + i) + ".1", dora, password)
                    .close();
        }
        awaitBrake(dora, "logins from 4 new networks within an hour");
    }

    @Test
    void aBurstFromANewNetworkBrakes() {
        String eva = "eva@office.test";
        String password = newAccount(eva);
        login(nodes.a(), "127.0.0.1", eva, password).close();
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> relay.database()
                                .transactions()
                                .read(
                                        handle -> handle.execute(
                                                "UPDATE login_network SET first_seen = first_seen - INTERVAL 2 DAY"
                                                        + " WHERE account = (SELECT id FROM account WHERE address = 'eva@office.test')"))
                        == 1);
        send(nodes.a(), "127.0.60.1", eva, password, "burst", 4);
        awaitBrake(eva, "4 recipients in the first hour from a new network");
    }

    private static String text(MxMessage message) {
        return new String(message.content(), StandardCharsets.UTF_8);
    }
}
