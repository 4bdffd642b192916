package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.queue.JournalEntry.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeferredBouncedStory {
    @TempDir
    private Path folder;

    @Test
    void aTemporaryRefusalIsTriedAgain() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder)) {
            relay.mx().onRcpt(reply(450, "4.2.0 Mailbox busy")).times(2); // Both hosts, once.

            String id = relay.submit("Hi\r\n", "shop@shop.test");

            assertThat(relay.arrival().rcptTo()).containsExactly("shop@shop.test");
            await().atMost(RelayUnderTest.PATIENCE)
                    .untilAsserted(() -> assertThat(relay.events(id))
                            .containsExactly(Kind.RECEPTION, Kind.TRANSIENT_FAILURE, Kind.DELIVERY));
            assertThat(relay.mx().messages()).hasSize(1);
        }
    }

    @Test
    void aPermanentRefusalComesBackSignedInPlainWordsAndTheHostsOwn() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder)) {
            relay.mx().onRcpt(reply(550, "5.1.1 No such user here")).when("nobody@shop.test");

            relay.submit("Hi\r\n", "nobody@shop.test");

            MxMessage bounce = relay.arrival();
            assertThat(bounce.mailFrom()).isEmpty();
            assertThat(bounce.rcptTo()).containsExactly("anna@office.test");
            assertThat(bounce.text())
                    .contains(
                            "multipart/report",
                            "Auto-Submitted: auto-replied",
                            "Final-Recipient: rfc822; nobody@shop.test",
                            "Action: failed",
                            "Status: 5.1.1",
                            "550 5.1.1 No such user here");
            assertThat(relay.verdicts(bounce.content()))
                    .containsOnly(Verdict.Kind.PASS)
                    .isNotEmpty();
        }
    }

    @Test
    void aHostThatIsDownIsFollowedByTheNext() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder)) {
            relay.mx().down("127.0.0.2");

            relay.submit("Hi\r\n", "shop@shop.test");

            MxMessage arrived = relay.arrival();
            assertThat(arrived.session().local().getAddress().getHostAddress()).isEqualTo("127.0.0.3");
        }
    }
}
