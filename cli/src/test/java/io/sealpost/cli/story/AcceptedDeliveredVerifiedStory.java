package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.MxMessage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptedDeliveredVerifiedStory {
    @TempDir
    private Path folder;

    @Test
    void arrivesUnchangedBehindItsSignaturesAndTraceField() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder)) {
            String id = relay.submit("..dots\r\n..\tand 8 bits: \u00fc\u00ff\r\n", "shop@shop.test");

            MxMessage arrived = relay.arrival();
            assertThat(arrived.mailFrom()).isEqualTo("anna@office.test");
            assertThat(arrived.tls()).isPresent();
            assertThat(arrived.session().violations()).isEmpty();
            assertThat(arrived.text())
                    .startsWith("DKIM-Signature: v=1; a=rsa-sha256;")
                    .contains(
                            "\r\nDKIM-Signature: v=1; a=ed25519-sha256;",
                            "\r\nReceived: from ",
                            "with ESMTPSA",
                            "id " + id);
            String behindTrace = arrived.text().substring(arrived.text().indexOf("From: Anna"));
            assertThat(behindTrace).isEqualTo(RelayUnderTest.mail(".dots\r\n.\tand 8 bits: \u00fc\u00ff\r\n") + "\r\n");
            assertThat(relay.verdicts(arrived.content())).containsExactly(Verdict.Kind.PASS, Verdict.Kind.PASS);
        }
    }

    @Test
    void sendsRecipientsOfOneSiteInOneTransaction() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder)) {
            relay.submit("Hi\r\n", "a@shop.test", "b@shop.test", "c@shop.test");

            assertThat(relay.arrival().rcptTo()).containsExactly("a@shop.test", "b@shop.test", "c@shop.test");
            assertThat(relay.mx().messages()).hasSize(1);
        }
    }
}
