package io.sealpost.cli.story;

import static org.awaitility.Awaitility.await;

import io.sealpost.account.SenderPattern;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.keys.Outcome;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignSenderStory {
    @TempDir
    private Path folder;

    @Test
    void nobodySendsAsSomebodyElse() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder)) {
            long reseller = relay.administer(administration -> {
                long tenant = RelayUnderTest.value(administration.accounts().addTenant("Reseller"))
                        .id();
                RelayUnderTest.value(administration.keys().addDomain(tenant, MailDomain.parse("rival.test")));
                RelayUnderTest.value(administration
                        .accounts()
                        .addAccount(tenant, EmailAddress.parse("eve@rival.test"), Optional.empty()));
                return tenant;
            });
            Assertions.assertThat(reseller).isGreaterThan(1);

            for (String from : new String[] {"boss@office.test", "eve@rival.test", "ceo@bank.test"}) {
                try (RawSmtpClient client = relay.login()) {
                    client.say("MAIL FROM:<anna@office.test>", "250")
                            .say("RCPT TO:<shop@shop.test>", "250")
                            .say("DATA", "354")
                            .send("From: " + from + "\r\nSubject: x\r\n\r\nHi\r\n.\r\n");
                    String refused = client.reply().get(0);

                    Assertions.assertThat(refused)
                            .startsWith("550 5.7.1")
                            .contains("anna@office.test", from, "ask your administrator");
                    // The session goes on, and nothing of the refused message was kept.
                    client.say("MAIL FROM:<anna@office.test>", "250").say("RSET", "250");
                }
            }
            Assertions.assertThat(relay.mx().arrivals()).isEmpty();
        }
    }

    @Test
    void anEnvelopeSenderOfSomebodyElseIsRefusedToo() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder);
                RawSmtpClient client = relay.login()) {
            client.say("MAIL FROM:<boss@office.test>", "250")
                    .say("RCPT TO:<shop@shop.test>", "250")
                    .say("DATA", "354")
                    .send(RelayUnderTest.mail("Hi\r\n") + "\r\n.\r\n")
                    .expect("550 5.7.1");
        }
    }

    @Test
    void whatAnAdministratorGrantsIsOpenOnlyWhileTheTenantHoldsTheDomain() throws Exception {
        MailDomain branch = MailDomain.parse("branch.test");
        SenderPattern all = SenderPattern.anyOf(branch);
        String mail = RelayUnderTest.mail("Hi\r\n").replace("Anna <anna@office.test>", "sales@branch.test");
        try (RelayUnderTest relay = RelayUnderTest.start(folder, "[signing]\nwithout_key = \"hold\"\n");
                RawSmtpClient client = relay.login()) {
            relay.administer(administration -> {
                long rival = RelayUnderTest.value(administration.accounts().addTenant("Rival"))
                        .id();
                Assertions.assertThat(administration.accounts().addSender(RelayUnderTest.ANNA, all))
                        .isInstanceOf(Outcome.Refused.class);
                RelayUnderTest.value(administration.keys().addDomain(1, branch));
                RelayUnderTest.value(administration.accounts().addSender(RelayUnderTest.ANNA, all));
                return rival;
            });
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> RelayUnderTest.tried(client, mail).startsWith("250 2.0.0"));

            relay.administer(administration -> {
                RelayUnderTest.value(administration.keys().removeDomain(branch));
                long rival = administration.accounts().tenants().stream()
                        .filter(tenant -> tenant.name().equals("Rival"))
                        .findFirst()
                        .orElseThrow()
                        .id();
                return RelayUnderTest.value(administration.keys().addDomain(rival, branch));
            });

            await().atMost(Duration.ofSeconds(2))
                    .until(() -> RelayUnderTest.tried(client, mail)
                            .matches("550 5\\.7\\.1 anna@office\\.test may not send as sales@branch\\.test .*"));
        }
    }
}
