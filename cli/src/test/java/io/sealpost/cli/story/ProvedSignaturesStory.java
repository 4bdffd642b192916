package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.queue.DeliveryState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a domain wants its mail signed, and that no signature leaves which the DNS does not bear out. */
class ProvedSignaturesStory {
    private static final String MAIL = RelayUnderTest.mail("Hi\r\n");

    @TempDir
    private Path folder;

    @Test
    void mailWhoseRecordsAreGoneIsNotTakenForNow() throws Exception {
        try (RelayUnderTest relay =
                RelayUnderTest.bare(folder, "[signing]\nverify = \"all\"\n", TestDatabase::settings)) {
            DkimKey key = relay.addKeys(KeyAlgorithm.RSA).get(0);
            relay.dns().change(zones -> zones.remove(key.recordName()));
            relay.serve();
            try (RawSmtpClient client = relay.login()) {
                assertThat(RelayUnderTest.tried(client, MAIL))
                        .startsWith("451 4.7.5")
                        .contains(key.recordName() + ": NoKey");
                assertThat(relay.queue()).isEmpty();
            }
        }
    }

    @Test
    void mailWhoseRecordsWereTakenBackIsHeldUnsignedAndGoesSignedWhenTheyAreBack() throws Exception {
        String settings = "[signing]\nverify = \"all\"\nwithout_key = \"hold\"\n";
        try (RelayUnderTest relay = RelayUnderTest.bare(folder, settings, TestDatabase::settings)) {
            List<DkimKey> keys = relay.addKeys(KeyAlgorithm.RSA, KeyAlgorithm.ED25519);
            DkimKey taken = keys.get(1);
            relay.dns().change(zones -> {
                zones.remove(taken.recordName());
                zones.fleetingTxt(taken.recordName(), "v=DKIM1; k=ed25519; p=");
            });
            relay.serve();
            relay.submit("Hi\r\n", "shop@shop.test");
            assertThat(relay.queue().get(0).status().state()).isEqualTo(DeliveryState.HOLD);
            assertThat(relay.queue().get(0).status().holdReason().orElseThrow())
                    .contains(taken.recordName() + ": KeyRevoked");

            relay.dns().change(zones -> {
                zones.remove(taken.recordName());
                zones.txt(taken.recordName(), taken.dnsRecord().value());
            });
            new Commands(relay.settingsFile()).ok("queue release --all");

            assertThat(relay.verdicts(relay.arrival().content())).containsExactly(Verdict.Kind.PASS, Verdict.Kind.PASS);
        }
    }

    @Test
    void aRunningRelayFollowsWhatADomainChooses() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder, "[signing]\nverify = \"all\"\n")) {
            relay.submit("Hi\r\n", "shop@shop.test");
            assertThat(relay.arrival().text()).doesNotContain("; x=", "i=@office.test", "x-ticket");

            new Commands(relay.settingsFile())
                    .ok("dkim options office.test --expire 10d --identity @office.test --sign-field X-Ticket");

            await().atMost(RelayUnderTest.PATIENCE).until(() -> {
                relay.submit("Hi again\r\n", "shop@shop.test");
                return relay.mx().messages().stream()
                        .anyMatch(mail -> mail.text().contains("i=@office.test;"));
            });
            String text = relay.mx().messages().stream()
                    .map(mail -> mail.text())
                    .filter(mail -> mail.contains("i=@office.test;"))
                    .findFirst()
                    .orElseThrow();
            long signed = tag(text, "t");
            assertThat(tag(text, "x")).isEqualTo(signed + 10 * 86_400);
        }
    }

    private static long tag(String mail, String name) {
        return Long.parseLong(mail.replaceAll("(?s).*?[; \\n]" + name + "=(\\d+);.*", "$1"));
    }
}
