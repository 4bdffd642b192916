package io.sealpost.cli.story;

import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import java.nio.file.Path;
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

                    Assertions.assertThat(refused).startsWith("550 5.7.1").contains("anna@office.test", from);
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
}
