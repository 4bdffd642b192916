package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.account.AppPassword;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.mail.Secret;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginStory {
    @TempDir
    private Path folder;

    @Test
    void takesTheMainPasswordAndTheAppPasswordAndRefusesOthersAlike() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder)) {
            relay.administer(administration -> RelayUnderTest.value(administration
                    .accounts()
                    .setPassword(RelayUnderTest.ANNA, new Secret("otter-rows-9-quiet-Mauve"))));

            assertThat(answer(relay, "anna@office.test", "otter-rows-9-quiet-Mauve"))
                    .startsWith("235 2.7.0");
            assertThat(answer(
                            relay,
                            "ANNA@office.test",
                            relay.appPassword().replace("-", "").toUpperCase(java.util.Locale.ROOT)))
                    .startsWith("235 2.7.0");
            String wrong = answer(relay, "anna@office.test", "wrong");
            assertThat(wrong).startsWith("535 5.7.8");
            assertThat(answer(relay, "nobody@office.test", "wrong")).isEqualTo(wrong);
        }
    }

    @Test
    void refusesARevokedAppPasswordWithinTwoSeconds() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder)) {
            assertThat(answer(relay, "anna@office.test", relay.appPassword())).startsWith("235");

            relay.administer(administration -> {
                AppPassword password = RelayUnderTest.value(
                                administration.appPasswords().list(RelayUnderTest.ANNA))
                        .get(0);
                return RelayUnderTest.value(administration.appPasswords().revoke(RelayUnderTest.ANNA, password.id()));
            });

            await().atMost(Duration.ofSeconds(2))
                    .until(() -> answer(relay, "anna@office.test", relay.appPassword())
                            .startsWith("535"));
        }
    }

    private static String answer(RelayUnderTest relay, String user, String password) {
        String plain = java.util.Base64.getEncoder()
                .encodeToString(("\0" + user + "\0" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (RawSmtpClient client = RawSmtpClient.connect(relay.submission())) {
            client.expect("220").say("EHLO client.test", "250").startTls().say("EHLO client.test", "250");
            return client.send("AUTH PLAIN " + plain + "\r\n").reply().get(0);
        }
    }
}
