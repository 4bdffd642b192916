package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.story.Commands.Ended;
import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainedMailStory {
    @TempDir
    private Path folder;

    @Test
    void aMailIsExplainedWhileItWaitsWhenItIsGoneAndFromItsFile() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder)) {
            Commands commands = new Commands(relay.settingsFile());
            relay.mx().onRcpt(reply(450, "4.2.0 Not now"));
            String id = relay.submit("Hi\r\n", "shop@shop.test");
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> relay.queue().get(0).status().progress().attempts() > 0);

            assertThat(commands.ok("dkim explain " + id))
                    .contains(
                            "message " + id + ", waiting since",
                            "by anna@office.test",
                            "office.test, held by the tenant",
                            "signs: the one active rsa key of office.test, since",
                            "signs: the one active ed25519 key of office.test, since",
                            "record now: ",
                            "our key, active, aligned with From",
                            "A receiver that verifies now takes it as signed by office.test");
            assertThat(commands.ok("dkim explain <1@office.test>")).contains("message " + id);

            relay.mx().clearScript();
            byte[] arrived = relay.arrival().content();
            await().atMost(RelayUnderTest.PATIENCE).until(() -> relay.queue().isEmpty());
            assertThat(commands.ok("dkim explain " + id)).contains("message " + id + ", gone", "last: delivery at");

            Path file = Files.write(folder.resolve("arrived.eml"), arrived);
            assertThat(commands.ok("dkim explain " + file)).contains("the message in " + file, "office.test (s");
            Path unix = Files.write(folder.resolve("saved.eml"), without('\r', arrived));
            assertThat(commands.ok("dkim explain " + unix)).contains("its lines end in LF alone");

            byte[] tampered = new String(arrived, StandardCharsets.ISO_8859_1)
                    .replace("Subject: An order", "Subject: Another")
                    .getBytes(StandardCharsets.ISO_8859_1);
            Ended other = commands.run("dkim explain " + Files.write(folder.resolve("tampered.eml"), tampered));
            assertThat(other.code()).isEqualTo(65);
            assertThat(other.out())
                    .contains("A receiver that verifies now takes it as unsigned: the header or the key");
        }
    }

    @Test
    void anAddressIsExplainedFromNoDomainToKeysOutOfUse() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.bare(folder, "", TestDatabase::settings)) {
            Commands commands = new Commands(relay.settingsFile());
            assertThat(refused(commands, "bert@nowhere.test"))
                    .contains("nowhere.test, which nobody here holds", "sealpost domain add");
            assertThat(refused(commands, "anna@office.test")).contains("has no DKIM key");
            commands.ok("dkim create office.test --algorithm ed25519 --selector e1");
            assertThat(refused(commands, "office.test"))
                    .contains(
                            "e1._domainkey.office.test, ed25519 256",
                            "does not sign: pending since",
                            "record now: ns.test (127.0.0.1): ",
                            "there is no TXT record",
                            "waits for its DNS record");

            DkimKey old = relay.addKeys(KeyAlgorithm.RSA).get(0);
            relay.addKeys(KeyAlgorithm.RSA);
            commands.ok("dkim retire office.test --selector e1");
            relay.dns().change(zones -> zones.remove(old.recordName()));
            JsonNode json = new ObjectMapper().readTree(commands.ok("dkim explain anna@office.test --json"));
            assertThat(json.get("well").asBoolean()).isTrue();
            assertThat(json.get("signatures").isNull()).isTrue();
            assertThat(json.get("keys").findValuesAsText("state")).containsExactly("active", "retiring", "retired");
            assertThat(json.get("keys").get(1).get("servers").get(0).asText()).contains("there is no TXT record");
            assertThat(json.get("answer").asText()).matches("Mail from office\\.test is signed with s\\S+ now\\.");

            assertThat(commands.run("dkim explain no-such-thing!").code()).isEqualTo(66);
            assertThat(commands.run("dkim explain 0say6ykgc0000").err()).contains("nothing is known of");
        }
    }

    @Test
    void aDomainBelowIsSignedWithTheKeysAboveWhereItsOwnerSaidSo() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder)) {
            Commands commands = new Commands(relay.settingsFile());
            commands.ok("domain add news.office.test");
            commands.ok("sender add anna@office.test *@news.office.test");
            String mail = RelayUnderTest.mail("Hi\r\n").replace("<anna@office.test>", "<anna@news.office.test>");
            try (RawSmtpClient client = relay.login()) {
                assertThat(RelayUnderTest.tried(client, mail))
                        .startsWith("550 5.7.1")
                        .contains("news.office.test");
            }
            assertThat(commands.ok("domain keys news.office.test --of office.test"))
                    .contains("those of office.test sign for it");
            try (RawSmtpClient client = relay.login()) {
                await().atMost(RelayUnderTest.PATIENCE)
                        .until(() -> RelayUnderTest.tried(client, mail).startsWith("250 2.0.0"));
            }

            byte[] arrived = relay.arrival().content();
            assertThat(relay.verdicts(arrived)).containsExactly(Verdict.Kind.PASS, Verdict.Kind.PASS);
            assertThat(commands.ok("dkim explain " + Files.write(folder.resolve("below.eml"), arrived)))
                    .contains(
                            "From       news.office.test, held by",
                            "our key, active, aligned with From unless DMARC says adkim=s",
                            "takes it as signed by news.office.test");
            assertThat(commands.run("domain keys news.office.test --of shop.test")
                            .code())
                    .isEqualTo(65);
        }
    }

    private static String refused(Commands commands, String what) {
        Ended ended = commands.run("dkim explain " + what);
        assertThat(ended.code()).as("%s", ended).isEqualTo(65);
        return ended.out();
    }

    private static byte[] without(char unwanted, byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replace(String.valueOf(unwanted), "")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
