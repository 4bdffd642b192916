package io.sealpost.relay.smtp;

import static io.sealpost.relay.smtp.TestClient.base64;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.Secret;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
    private static final String GRANTED = "235 2.7.0 Logged in";
    private static final String RESPONSE = TestClient.plain(TestClient.LOGIN, TestClient.PASSWORD);

    @TempDir
    Path directory;

    private ListenerFixture relay;
    private TestClient client;

    @BeforeEach
    void start() throws IOException {
        relay = ListenerFixture.start(directory);
        client = relay.connect().secured();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        relay.close();
    }

    @Test
    void plainWithInitialResponse() throws IOException {
        assertThat(client.ask("auth plain " + RESPONSE)).isEqualTo(GRANTED);
    }

    @Test
    void plainWithoutInitialResponse() throws IOException {
        assertThat(client.ask("AUTH PLAIN")).isEqualTo("334 ");
        assertThat(client.ask(RESPONSE)).isEqualTo(GRANTED);
    }

    @Test
    void loginWithAndWithoutInitialResponse() throws IOException {
        assertThat(client.ask("AUTH LOGIN " + base64(TestClient.LOGIN))).isEqualTo("334 " + base64("Password:"));
        assertThat(client.ask(base64("wrong"))).startsWith("535 5.7.8 ");
        assertThat(client.ask("AUTH LOGIN")).isEqualTo("334 " + base64("Username:"));
        assertThat(client.ask(base64(TestClient.LOGIN))).isEqualTo("334 " + base64("Password:"));
        assertThat(client.ask(base64(TestClient.PASSWORD))).isEqualTo(GRANTED);
        assertThat(relay.accounts.attempts().get(1).listener()).isEqualTo("submission");
        assertThat(relay.accounts.attempts().get(1).client().isLoopbackAddress())
                .isTrue();
    }

    @Test
    void unknownAccountsAndWrongPasswordsAreAnsweredAlike() throws IOException {
        String unknown = client.ask("AUTH PLAIN " + TestClient.plain("nobody@customer.example", TestClient.PASSWORD));
        assertThat(client.ask("AUTH PLAIN " + TestClient.plain(TestClient.LOGIN, "wrong")))
                .isEqualTo(unknown);
        assertThat(unknown).isEqualTo("535 5.7.8 Name or password is wrong");
    }

    @Test
    void aStarCancels() throws IOException {
        client.ask("AUTH LOGIN");
        assertThat(client.ask("*")).startsWith("501 5.7.0 ");
        client.ask("AUTH PLAIN");
        assertThat(client.ask("*")).startsWith("501 5.7.0 ");
        assertThat(relay.accounts.attempts()).isEmpty();
    }

    @Test
    void anEqualsSignIsAnEmptyInitialResponse() throws IOException {
        assertThat(client.ask("AUTH PLAIN =")).startsWith("501 5.5.2 ");
        assertThat(client.ask("AUTH LOGIN =")).isEqualTo("334 " + base64("Password:"));
        assertThat(client.ask(base64("x"))).startsWith("535 5.7.8 ");
    }

    @Test
    void whatIsNoResponseIs501() throws IOException {
        assertThat(client.ask("AUTH PLAIN !!!")).startsWith("501 5.5.2 ");
        assertThat(client.ask("AUTH PLAIN " + base64("a\0b"))).startsWith("501 5.5.2 ");
        assertThat(client.ask("AUTH PLAIN " + base64("a\0b\0c\0d"))).startsWith("501 5.5.2 ");
        assertThat(client.ask("AUTH")).startsWith("501 5.5.4 ");
        assertThat(client.ask("AUTH PLAIN a b")).startsWith("501 5.5.4 ");
        assertThat(client.ask("AUTH CRAM-MD5")).startsWith("504 5.5.4 ");
        assertThat(relay.accounts.attempts()).isEmpty();
    }

    @Test
    void nobodyActsAsSomebodyElse() throws IOException {
        String foreign = base64("boss@customer.example\0" + TestClient.LOGIN + "\0" + TestClient.PASSWORD);
        assertThat(client.ask("AUTH PLAIN " + foreign)).startsWith("535 5.7.8 ");
        String own = base64(TestClient.LOGIN + "\0" + TestClient.LOGIN + "\0" + TestClient.PASSWORD);
        assertThat(client.ask("AUTH PLAIN " + own)).isEqualTo(GRANTED);
    }

    @Test
    void onlyOnceAndNotWithinATransaction() throws IOException {
        client.ask("AUTH PLAIN " + RESPONSE);
        assertThat(client.ask("AUTH PLAIN " + RESPONSE)).startsWith("503 5.5.1 ");
        client.ask("EHLO again.example");
        assertThat(client.ask("AUTH PLAIN " + RESPONSE))
                .as("a login outlives EHLO")
                .startsWith("503 5.5.1 ");
        assertThat(client.ask("MAIL FROM:<a@b.example>")).startsWith("250 ");
        assertThat(client.ask("AUTH PLAIN " + RESPONSE)).startsWith("503 5.5.1 ");
    }

    @Test
    void afterHeloToo() throws IOException {
        assertThat(client.ask("HELO printer")).isEqualTo("250 relay.example");
        assertThat(client.ask("AUTH PLAIN " + RESPONSE)).isEqualTo(GRANTED);
    }

    @Test
    void aDatabaseThatIsAwayIsNoWrongPassword() throws IOException {
        relay.accounts.goAway();
        assertThat(client.ask("AUTH PLAIN " + RESPONSE)).startsWith("454 4.7.0 ");
        relay.accounts.comeBack();
        assertThat(client.ask("AUTH PLAIN " + RESPONSE)).isEqualTo(GRANTED);
    }

    @Test
    void linesOfAuthMayBeLongAndOthersNot() throws IOException {
        String longPassword = "x".repeat(9000);
        assertThat(client.ask("AUTH PLAIN " + TestClient.plain(TestClient.LOGIN, longPassword)))
                .startsWith("535 ");
        assertThat(relay.accounts.attempts().get(0).password()).isEqualTo(new Secret(longPassword));
        assertThat(client.ask("AUTH PLAIN " + "A".repeat(12_300))).startsWith("500 5.5.6 ");
        assertThat(client.ask("NOOP " + "x".repeat(2041))).startsWith("250 ");
        assertThat(client.ask("NOOP " + "x".repeat(2042))).startsWith("500 5.5.6 ");
        assertThat(client.ask("AUTH PLAIN " + RESPONSE)).isEqualTo(GRANTED);
    }

    @Test
    void passwordsInLatin1AreUnderstood() throws IOException {
        client.ask("AUTH LOGIN " + base64("anna"));
        client.send("/A==\r\n");
        client.reply();
        assertThat(relay.accounts.attempts().get(0).password()).isEqualTo(new Secret("\u00fc"));
    }
}
