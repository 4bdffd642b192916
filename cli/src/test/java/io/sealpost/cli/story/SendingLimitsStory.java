package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.story.Commands.Ended;
import io.sealpost.cli.story.RelayNodes.Node;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much an account may send, on two nodes together: at MAIL, at RCPT, after a restart, by limits of its own. */
class SendingLimitsStory {
    private static final Pattern PASSWORD = Pattern.compile("[a-z0-9]{4}(?:-[a-z0-9]{4}){6}");

    private static final Pattern USED = Pattern.compile("messages +4/h +([0-9]+)");

    @TempDir
    private static Path folder;

    private static RelayUnderTest relay;
    private static RelayNodes nodes;
    private static Commands commands;

    @BeforeAll
    static void startBoth() throws IOException {
        String limits = "[limits]\naccount_messages = \"4/h\"\naccount_recipients = \"6/d\"\n";
        relay = RelayUnderTest.bare(folder, limits, TestDatabase::settings);
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
        var found = PASSWORD.matcher(commands.ok("app-password create " + address + " --label test"));
        assertThat(found.find()).isTrue();
        return found.group();
    }

    /** Its messages of the hour, as all nodes have counted them. */
    private static int used(String address) {
        Matcher found = USED.matcher(commands.ok("account usage " + address));
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private static RawSmtpClient login(Node node, String address, String password) {
        return nodes.login(node, address, password);
    }

    /** What MAIL is told, where it is refused, else what the end of the mail is. */
    private static String send(Node node, String address, String password) {
        try (RawSmtpClient client = login(node, address, password)) {
            client.send("MAIL FROM:<" + address + ">\r\n");
            String reply = client.reply().get(0);
            if (!reply.startsWith("250 ")) {
                return reply;
            }
            client.say("RCPT TO:<shop@shop.test>", "250").say("DATA", "354");
            client.send("From: " + address + "\r\nTo: shop@shop.test\r\nSubject: Hi\r\n\r\nHi\r\n.\r\n");
            return client.reply().get(0);
        }
    }

    @Test
    void theMessagesOfBothNodesCountAndTheNodeThatStartsAgainStillKnows() throws Exception {
        String bert = "bert@office.test";
        String password = newAccount(bert);
        assertThat(send(nodes.a(), bert, password)).startsWith("250 ");
        assertThat(send(nodes.a(), bert, password)).startsWith("250 ");
        assertThat(send(nodes.b(), bert, password)).startsWith("250 ");
        await().atMost(RelayUnderTest.PATIENCE).until(() -> used(bert) == 3);
        // A node knows of the other's mail some two seconds later, and takes a little too much until then.
        String over = "450 4.7.1 This account may send 4 messages in an hour; it may send again from ";
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> send(nodes.b(), bert, password).startsWith(over));
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> send(nodes.a(), bert, password).startsWith(over));
        await().atMost(RelayUnderTest.PATIENCE).until(() -> used(bert) >= 4);
        nodes.kill(nodes.a());
        nodes.restart(nodes.a());
        assertThat(send(nodes.a(), bert, password)).startsWith("450 4.7.1 ");
    }

    @Test
    void aRecipientTooManyIsRefusedAndTheOthersGetTheMail() {
        String carl = "carl@office.test";
        String password = newAccount(carl);
        int before = relay.mx().messages().size();
        try (RawSmtpClient client = login(nodes.a(), carl, password)) {
            client.say("MAIL FROM:<" + carl + ">", "250");
            for (int i = 0; i < 6; i++) {
                client.say("RCPT TO:<shop" + i + "@shop.test>", "250");
            }
            client.say("RCPT TO:<shop0@shop.test>", "250"); // Given twice, counted once.
            client.say("RCPT TO:<shop7@shop.test>", "450 4.7.1 This account may send to 6 recipients in a day; ");
            client.say("DATA", "354");
            client.send("From: " + carl + "\r\nTo: shop@shop.test\r\nSubject: Hi\r\n\r\nHi\r\n.\r\n");
            assertThat(client.reply().get(0)).startsWith("250 ");
        }
        var arrived = relay.mx().awaitMessages(before + 1, RelayUnderTest.PATIENCE);
        assertThat(arrived.get(before).rcptTo()).hasSize(6);
    }

    @Test
    void whatIsNotAcceptedDoesNotCount() {
        String dora = "dora@office.test";
        String password = newAccount(dora);
        try (RawSmtpClient client = login(nodes.a(), dora, password)) {
            for (int i = 0; i < 6; i++) {
                client.say("MAIL FROM:<" + dora + ">", "250").say("RSET", "250");
            }
            client.say("MAIL FROM:<" + dora + ">", "250")
                    .say("RCPT TO:<shop@shop.test>", "250")
                    .say("DATA", "354");
            client.send("From: somebody@else.test\r\nSubject: Hi\r\n\r\nHi\r\n.\r\n")
                    .expect("550 5.7.1");
        }
        for (int i = 0; i < 4; i++) {
            assertThat(send(nodes.a(), dora, password)).startsWith("250 ");
        }
        assertThat(send(nodes.a(), dora, password)).startsWith("450 ");
    }

    @Test
    void limitsOfItsOwnHoldOnBothNodes() {
        String eva = "eva@office.test";
        String password = newAccount(eva);
        assertThat(commands.ok("account limits " + eva + " --messages 1/h --recipients 0")
                        .replaceAll(" +", " "))
                .contains("messages 1/h 0")
                .doesNotContain("recipients");
        assertThat(commands.ok("audit list --subject " + eva)).contains("account.limits");
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> send(nodes.a(), eva, password).startsWith("450 "));
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> send(nodes.b(), eva, password).startsWith("450 "));
        commands.ok("account limits " + eva + " --default");
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> send(nodes.b(), eva, password).startsWith("250 "));
        Ended wrong = commands.run("account limits " + eva + " --messages many");
        assertThat(wrong.code()).isEqualTo(64);
        assertThat(wrong.err()).contains("\"many\" is not a rate");
    }
}
