package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueRow;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyLifeStory {
    @TempDir
    private Path folder;

    @Test
    void withoutAKeyMailIsRefusedWithTheCommandThatHelps() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.bare(folder, "", TestDatabase::settings)) {
            relay.serve();
            try (RawSmtpClient client = relay.login()) {
                client.say("MAIL FROM:<anna@office.test>", "250")
                        .say("RCPT TO:<shop@shop.test>", "250")
                        .say("DATA", "354")
                        .send(RelayUnderTest.mail("Hi\r\n") + "\r\n.\r\n");

                assertThat(client.reply().get(0)).startsWith("550 5.7.1").contains("sealpost dkim create office.test");
            }
            assertThat(relay.mx().arrivals()).isEmpty();
        }
    }

    @Test
    void withoutAKeyMailIsHeldWhereTheSettingSaysSoAndGoesSignedOnRelease() throws Exception {
        try (RelayUnderTest relay =
                RelayUnderTest.bare(folder, "[signing]\nwithout_key = \"hold\"\n", TestDatabase::settings)) {
            relay.serve();
            relay.submit("Hi\r\n", "shop@shop.test");
            QueueRow held = relay.queue().get(0);
            assertThat(held.status().state()).isEqualTo(DeliveryState.HOLD);
            assertThat(held.status().holdReason().orElseThrow()).contains("office.test");

            relay.addKeys(KeyAlgorithm.RSA);
            int released =
                    relay.administer(administration -> administration.queue().release(QueueFilter.of(held.message())));
            assertThat(released).isEqualTo(1);

            assertThat(relay.verdicts(relay.arrival().content())).containsExactly(Verdict.Kind.PASS);
        }
    }

    @Test
    void mailThatWaitsWithARetiredKeyIsSignedAgain() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.bare(folder, "", TestDatabase::settings)) {
            DkimKey old = relay.addKeys(KeyAlgorithm.RSA).get(0);
            relay.serve();
            relay.mx().onRcpt(reply(450, "4.2.0 Not now"));
            relay.submit("Hi\r\n", "shop@shop.test");
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> relay.queue().get(0).status().progress().attempts() > 0);

            DkimKey fresh = relay.addKeys(KeyAlgorithm.RSA).get(0);
            relay.administer(
                    administration -> RelayUnderTest.value(administration.keys().retire(old.id())));
            int heard = relay.queue().get(0).status().progress().attempts()
                    + 4; // A second each, and the node hears within two.
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> relay.queue().get(0).status().progress().attempts() >= heard);
            relay.mx().clearScript();

            String arrived = relay.arrival().text();
            assertThat(arrived).contains("s=" + fresh.selector() + ";").doesNotContain("s=" + old.selector() + ";");
            assertThat(relay.verdicts(relay.arrival().content())).containsExactly(Verdict.Kind.PASS);
        }
    }

    @Test
    void mailThatWaitsWithoutAnyKeyLeftIsHeldWithTheReason() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.bare(folder, "", TestDatabase::settings)) {
            DkimKey only = relay.addKeys(KeyAlgorithm.RSA).get(0);
            relay.serve();
            relay.mx().onRcpt(reply(450, "4.2.0 Not now"));
            relay.submit("Hi\r\n", "shop@shop.test");
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> relay.queue().get(0).status().progress().attempts() > 0);

            relay.administer(
                    administration -> RelayUnderTest.value(administration.keys().retire(only.id())));
            relay.mx().clearScript();

            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> relay.queue().get(0).status().state() == DeliveryState.HOLD);
            assertThat(relay.mx().messages()).isEmpty();
        }
    }

    @Test
    void mailThatWaitsForADomainThatWasRemovedIsHeldAlsoWhenAnotherTenantHoldsItNow() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.bare(folder, "", TestDatabase::settings)) {
            DkimKey only = relay.addKeys(KeyAlgorithm.RSA).get(0);
            relay.serve();
            relay.mx().onRcpt(reply(450, "4.2.0 Not now"));
            relay.submit("Hi\r\n", "shop@shop.test");
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> relay.queue().get(0).status().progress().attempts() > 0);

            relay.administer(administration -> {
                RelayUnderTest.value(administration.keys().retire(only.id()));
                RelayUnderTest.value(administration.keys().removeDomain(RelayUnderTest.OFFICE));
                long other = RelayUnderTest.value(administration.accounts().addTenant("Another"))
                        .id();
                return RelayUnderTest.value(administration.keys().addDomain(other, RelayUnderTest.OFFICE));
            });
            relay.dns().change(zones -> zones.remove(only.recordName()));
            relay.addKeys(KeyAlgorithm.RSA);
            relay.mx().clearScript();

            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> relay.queue().get(0).status().state() == DeliveryState.HOLD);
            assertThat(relay.mx().messages()).isEmpty();
        }
    }
}
