package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.fixtures.MxMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralRecipientsStory {
    @TempDir
    private Path folder;

    @Test
    void eachSiteGetsItsRecipientsInOneTransaction() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder)) {
            relay.dns()
                    .change(zones -> zones.mx("one.test", 10, "mx.one.test", "127.0.0.2")
                            .mx("sister.test", 10, "mx.one.test")
                            .mx("two.test", 10, "mx.two.test", "127.0.0.3"));

            relay.submit("Hi\r\n", "a@one.test", "a@two.test", "b@sister.test", "b@two.test", "c@shop.test");

            List<MxMessage> arrived = relay.mx().awaitMessages(3, RelayUnderTest.PATIENCE);
            assertThat(arrived)
                    .extracting(MxMessage::rcptTo)
                    .containsExactlyInAnyOrder(
                            List.of("a@one.test", "b@sister.test"),
                            List.of("a@two.test", "b@two.test"),
                            List.of("c@shop.test"));
            assertThat(arrived)
                    .extracting(MxMessage::text)
                    .containsOnly(arrived.get(0).text());
            await().atMost(RelayUnderTest.PATIENCE).until(() -> relay.queue().isEmpty());
        }
    }

    @Test
    void eachRecipientHasItsOwnEnd() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder)) {
            relay.mx()
                    .onRcpt(reply(450, "4.2.0 Mailbox busy"))
                    .when("later@shop.test")
                    .once();
            relay.mx().onRcpt(reply(550, "5.1.1 No such user here")).when("never@shop.test");

            relay.submit("Hi\r\n", "now@shop.test", "later@shop.test", "never@shop.test");

            List<MxMessage> arrived = relay.mx().awaitMessages(3, RelayUnderTest.PATIENCE);
            assertThat(arrived)
                    .extracting(MxMessage::rcptTo)
                    .containsExactlyInAnyOrder(
                            List.of("now@shop.test"), List.of("later@shop.test"), List.of("anna@office.test"));
            String bounce = arrived.stream()
                    .filter(message -> message.mailFrom().isEmpty())
                    .findFirst()
                    .orElseThrow()
                    .text();
            assertThat(bounce)
                    .containsOnlyOnce("Final-Recipient:")
                    .contains("Final-Recipient: rfc822; never@shop.test");
            await().atMost(RelayUnderTest.PATIENCE).until(() -> relay.queue().isEmpty());
            assertThat(relay.mx().messages()).hasSize(3);
        }
    }
}
