package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.fixtures.Mailbox;
import io.sealpost.fixtures.MxRule;
import io.sealpost.queue.JournalEntry.Kind;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BounceStory {
    @TempDir
    private Path folder;

    @Test
    void liesInTheSendersMailboxAsAReportOfThreeParts() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder);
                Mailbox mailbox = Mailbox.start("anna@office.test", "secret").behind(relay.mx())) {
            relay.mx().onRcpt(reply(550, "5.1.1 No such user here")).when("nobody@shop.test");

            String id = relay.submit("Hi\r\n", "nobody@shop.test");

            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> mailbox.messages().size() == 1);
            MimeMessage bounce = mailbox.messages().get(0);
            assertThat(bounce.getFrom()[0].toString()).containsIgnoringCase("mailer-daemon@office.test");
            ContentType type = new ContentType(bounce.getContentType());
            assertThat(type.getBaseType()).isEqualTo("multipart/report");
            assertThat(type.getParameter("report-type")).isEqualTo("delivery-status");
            MimeMultipart parts = (MimeMultipart) bounce.getContent();
            assertThat(parts.getCount()).isEqualTo(3);
            assertThat(parts.getBodyPart(0).isMimeType("text/plain")).isTrue();
            assertThat(parts.getBodyPart(1).isMimeType("message/delivery-status"))
                    .isTrue();
            assertThat(new String(
                            parts.getBodyPart(2).getInputStream().readAllBytes(),
                            java.nio.charset.StandardCharsets.ISO_8859_1))
                    .contains("Message-ID: <1@office.test>");
            assertThat(relay.events(id)).contains(Kind.BOUNCE, Kind.NOTICE).doesNotContain(Kind.DELIVERY);
        }
    }

    @Test
    void isNotAnsweredByAnotherWhenItCannotBeDelivered() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder)) {
            relay.mx().onRcpt(reply(550, "5.1.1 No such user here")).when("nobody@shop.test");
            MxRule closed =
                    relay.mx().onRcpt(reply(550, "5.1.1 Mailbox closed")).when("anna@office.test");

            relay.submit("Hi\r\n", "nobody@shop.test");

            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> closed.used() == 1 && relay.queue().isEmpty());
            assertThat(relay.mx().arrivals()).isEmpty();
        }
    }
}
