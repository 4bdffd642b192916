package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.mail.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who guesses is slowed down by address and by name; the owner goes on; the log has it in the shape that fail2ban's filter takes. */
class LoginBrakeStory {
    private static final String HOME = "127.0.0.1";
    private static final String MAIN = "otter-rows-9-quiet-Mauve";
    private static final String BRAKED = "454 4.7.0 Too many failed logins; try again in ";

    @TempDir
    private static Path folder;

    private static RelayUnderTest relay;
    private static RelayNodes nodes;

    @BeforeAll
    static void start() throws IOException {
        relay = RelayUnderTest.bare(folder, "", TestDatabase::settings);
        nodes = RelayNodes.start(relay, List.of(settings -> settings));
        relay.administer(administration ->
                RelayUnderTest.value(administration.accounts().setPassword(RelayUnderTest.ANNA, new Secret(MAIN))));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        nodes.close();
        relay.close();
    }

    private static String login(String from, String name, String password) {
        String plain =
                Base64.getEncoder().encodeToString(("\0" + name + "\0" + password).getBytes(StandardCharsets.UTF_8));
        try (RawSmtpClient client = RawSmtpClient.connect(nodes.a().address(), Loopback.socket(from, 0))) {
            client.expect("220").say("EHLO client.test", "250").startTls().say("EHLO client.test", "250");
            client.send("AUTH PLAIN " + plain + "\r\n");
            return client.reply().get(0);
        }
    }

    @Test
    void aStrangerWaitsAndTheOwnerGoesOn() throws IOException {
        String anna = RelayUnderTest.ANNA.toString();
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> login(HOME, anna, MAIN).startsWith("235 "));
        await().atMost(RelayUnderTest.PATIENCE)
                .until(() -> 1
                        == relay.database()
                                .transactions()
                                .read(handle -> handle.select("SELECT COUNT(*) FROM login_network")
                                        .mapTo(Integer.class)
                                        .one()));
        for (int i = 0; i < 10; i++) {
            assertThat(login("127.0." + (100 + i) + ".1", anna, "guess" + i)).startsWith("535 5.7.8");
            assertThat(login("127.0." + (100 + i) + ".1", "nobody@office.test", "guess" + i))
                    .startsWith("535 5.7.8");
        }
        assertThat(login("127.0.120.1", anna, "guess")).startsWith(BRAKED);
        assertThat(login("127.0.120.1", "nobody@office.test", "guess"))
                .as("nobody learns who exists")
                .startsWith(BRAKED);
        assertThat(login(HOME, anna, MAIN))
                .as("from where it has logged in before")
                .startsWith("235 ");
        assertThat(login("127.0.121.1", anna, relay.appPassword()))
                .as("an app password costs no hash")
                .startsWith("235 ");
        assertThat(login("127.0.121.1", "bert@office.test", "guess"))
                .as("another name")
                .startsWith("535 ");
        theLogBansTheGuesserAndNobodyElse();
    }

    private static void theLogBansTheGuesserAndNobodyElse() throws IOException {
        Pattern filter = filter();
        List<String> lines = nodes.log().stream()
                .filter(line -> line.contains("warning: "))
                .map(LoginBrakeStory::asServed)
                .toList();
        List<String> banned = lines.stream()
                .map(filter::matcher)
                .filter(Matcher::find)
                .map(found -> found.group("host"))
                .toList();
        assertThat(banned).contains("127.0.100.1", "127.0.109.1", "127.0.120.1").doesNotContain(HOME);
        String genuine = lines.stream()
                .filter(line -> line.contains("authentication failed: BRAKED"))
                .findFirst()
                .orElseThrow();
        assertThat(filter.matcher(genuine).find()).isTrue();
        assertThat(filter.matcher("host sealpost[7]: " + genuine).find())
                .as("by way of the journal")
                .isTrue();
        String made =
                "sealpost/smtpd[1]: warning: unknown[192.0.2.1]: SASL PLAIN authentication failed: WRONG_PASSWORD, "
                        + "sasl_username=x";
        assertThat(filter.matcher("relay sealpost/smtpd[1]: NOQUEUE: reject: MAIL from unknown[198.51.100.1]: helo=<"
                                + made)
                        .find())
                .isFalse();
        assertThat(filter.matcher("relay sealpost/smtpd[1]: " + made).find()).isFalse();
    }

    /** With the head that the program's own pattern gives a line; that of tests is another. */
    private static String asServed(String line) {
        return "2026-11-24T12:00:00.000Z relay sealpost/smtpd[7]: " + line.substring(line.indexOf("warning: "));
    }

    /** The filter's expression, as fail2ban reads it. */
    private static Pattern filter() throws IOException {
        Path file = Path.of("../deploy/fail2ban/filter.d/sealpost.conf");
        String line = Files.readAllLines(file).stream()
                .filter(each -> each.startsWith("failregex = "))
                .findFirst()
                .orElseThrow();
        return Pattern.compile(line.substring("failregex = ".length()).replace("<HOST>", "(?<host>[0-9a-fA-F.:]+)"));
    }

    @Test
    void anAddressThatGuessesManyNamesWaits() {
        String guesser = "127.0.200.1";
        for (int i = 0; i < 10; i++) {
            assertThat(login(guesser, "user" + i + "@office.test", "spring2026"))
                    .startsWith("535 5.7.8");
        }
        assertThat(login(guesser, "user11@office.test", "spring2026")).startsWith(BRAKED);
        assertThat(login("127.0.201.1", "user11@office.test", "spring2026")).startsWith("535 ");
    }
}
