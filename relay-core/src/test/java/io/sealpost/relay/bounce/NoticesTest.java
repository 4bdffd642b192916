package io.sealpost.relay.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.dkim.DkimSigner;
import io.sealpost.dkim.SigningKeys;
import io.sealpost.dkim.SigningOptions;
import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Content;
import io.sealpost.queue.DeliveryProgress;
import io.sealpost.queue.Lease;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.Origin;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.relay.bounce.ReportedRecipient.Action;
import io.sealpost.relay.fake.FakeKeys;
import io.sealpost.relay.fake.MovableClock;
import io.sealpost.relay.signing.MessageSigning;
import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Reports, read back by a mail program's library. */
final class NoticesTest {
    private static final MailDomain HOST = MailDomain.parse("relay.example.net");
    private static final String ORIGINAL =
            "From: me@ok.example\r\nSubject: hello\r\nMessage-ID: <orig@me>\r\n\r\nthe body\r\n";
    private static final RemoteReply UNKNOWN = new RemoteReply(
            "mx.far.example[192.0.2.25]:25", "RCPT", 550, Optional.of(EnhancedStatus.of("5.1.1")), "No such user");

    private final MovableClock clock = new MovableClock();
    private final FakeKeys keys = new FakeKeys().activate(2, "ok.example").activate(Origin.OPERATOR, "bounce.example");
    private final AtomicLong ids = new AtomicLong(500);
    private final Notices notices = new Notices(
            new MessageSigning(keys, new DkimSigner(SigningKeys.choose()), SigningOptions.USUAL, clock),
            keys,
            ids::incrementAndGet,
            clock,
            new NoticeSettings(HOST, MailDomain.parse("bounce.example"), Duration.ofDays(1)));
    private MailOptions options = MailOptions.NONE;

    @Test
    void tellsPeopleFirstAndProgramsThenAndGivesTheMessageBack() throws Exception {
        MimeMultipart parts = parts(report(ORIGINAL, refused("you@far.example", UNKNOWN)));
        assertThat(parts.getContentType()).startsWith("multipart/report;").contains("report-type=delivery-status");
        assertThat(parts.getCount()).isEqualTo(3);
        assertThat(text(parts.getBodyPart(0)))
                .startsWith("Your message could not be delivered")
                .contains("<you@far.example>", "The address does not exist there.", "550 5.1.1 No such user")
                .contains("The host mx.far.example[192.0.2.25]:25 answered the RCPT command with:");
        assertThat(parts.getBodyPart(1).isMimeType("message/delivery-status")).isTrue();
        assertThat(raw(parts.getBodyPart(1)))
                .isEqualTo("Reporting-MTA: dns; relay.example.net\r\n"
                        + "X-Sealpost-Queue-Id: 0000000000007\r\n"
                        + "Arrival-Date: Wed, 4 Mar 2026 04:06:07 +0000\r\n"
                        + "\r\n"
                        + "Final-Recipient: rfc822; you@far.example\r\n"
                        + "Action: failed\r\n"
                        + "Status: 5.1.1\r\n"
                        + "Remote-MTA: dns; mx.far.example\r\n"
                        + "Diagnostic-Code: smtp; 550 5.1.1 No such user\r\n"
                        + "Last-Attempt-Date: Wed, 4 Mar 2026 05:06:07 +0000\r\n");
        assertThat(parts.getBodyPart(2).isMimeType("message/rfc822")).isTrue();
        assertThat(raw(parts.getBodyPart(2))).isEqualTo("Received: by x; y\r\n" + ORIGINAL);
    }

    @Test
    void hasTheHeaderThatStopsLoopsAndFindsItsThread() throws Exception {
        NewMessage notice = report(ORIGINAL, refused("you@far.example", UNKNOWN));
        MimeMessage message = read(notice);
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(message.getHeader("From")).containsExactly("Mail Delivery System <MAILER-DAEMON@ok.example>");
        assertThat(message.getHeader("To")).containsExactly("<me@ok.example>");
        assertThat(message.getHeader("In-Reply-To")).containsExactly("<orig@me>");
        assertThat(message.getHeader("Message-ID"))
                .containsExactly("<" + notice.envelope().id() + "@relay.example.net>");
        assertThat(message.getHeader("Date")).containsExactly("Wed, 4 Mar 2026 05:06:07 +0000");
        assertThat(message.getHeader("MIME-Version")).containsExactly("1.0");
        assertThat(message.getHeader("DKIM-Signature")[0]).contains("d=ok.example;");
        assertThat(message.getSubject()).isEqualTo("Undelivered mail returned to sender");
        assertThat(notice.envelope().sender()).isEmpty();
        assertThat(notice.envelope().kind()).isEqualTo(MessageKind.NOTICE);
        assertThat(notice.envelope().expires()).isEqualTo(clock.instant().plus(Duration.ofDays(1)));
        assertThat(notice.deliveries()).extracting(NewDelivery::start).containsExactly(new NewDelivery.Start.Queued());
    }

    @Test
    void isOfSevenBitsAndCrlfThroughout() throws Exception {
        options = language("de");
        String eightBit = ORIGINAL.replace("hello", "grün").replace("the body", "größer");
        byte[] bytes = bytes(report(eightBit, refused("you@far.example", UNKNOWN)));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text.chars().allMatch(c -> c < 0x80)).isTrue();
        assertThat(text.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
    }

    @Test
    void givesOnlyTheHeaderBackOfMessagesThatAreLargeOrOfEightBitsOrAskedSo() throws Exception {
        String large = ORIGINAL + "0123456789\r\n".repeat(5000);
        assertThat(lastPart(report(large, refused("you@far.example", UNKNOWN))))
                .isEqualTo("text/rfc822-headers Received: by x; y\r\n"
                        + ORIGINAL.substring(0, ORIGINAL.indexOf("\r\n\r\n") + 2));
        assertThat(lastPart(report(ORIGINAL.replace("the", "thé"), refused("you@far.example", UNKNOWN))))
                .startsWith("text/rfc822-headers");
        options = new MailOptions(
                MailOptions.BodyType.UNSTATED,
                MailOptions.Extensions.NONE,
                0,
                new MailOptions.DsnRequest(Optional.of("HDRS"), Optional.of("my id")),
                Optional.empty(),
                Optional.empty());
        NewMessage asked = report(ORIGINAL, refused("you@far.example", UNKNOWN));
        assertThat(lastPart(asked)).startsWith("text/rfc822-headers");
        assertThat(raw(parts(asked).getBodyPart(1))).startsWith("Original-Envelope-Id: my id\r\n");
    }

    @Test
    void cutsTheHeaderItGivesBackAtFields() throws Exception {
        String vast = "X-Vast: " + "y".repeat(100_000) + "\r\n" + ORIGINAL;
        assertThat(lastPart(report(vast, refused("you@far.example", UNKNOWN))))
                .contains("Subject: hello")
                .doesNotContain("X-Vast");
    }

    @Test
    void tellsOfSeveralRecipientsInOneReport() throws Exception {
        RemoteReply full = new RemoteReply(
                "mx.b.example[192.0.2.26]:25", "RCPT", 452, Optional.of(EnhancedStatus.of("4.2.2")), "full");
        NewMessage notice = report(
                ORIGINAL,
                refused("a@far.example", UNKNOWN),
                told("b@b.example", Action.DELAYED, full),
                told("c@c.example", Action.EXPIRED, full));
        String status = raw(parts(notice).getBodyPart(1));
        assertThat(status.split("\r\n\r\n", -1)).hasSize(4);
        assertThat(status)
                .contains("Final-Recipient: rfc822; b@b.example\r\nAction: delayed\r\nStatus: 4.2.2\r\n")
                .contains("Will-Retry-Until: Mon, 9 Mar 2026 04:06:07 +0000\r\n")
                .contains("Final-Recipient: rfc822; c@c.example\r\nAction: failed\r\nStatus: 4.4.7\r\n");
        assertThat(text(parts(notice).getBodyPart(0)))
                .contains("still tried for others until Mon, 9 Mar 2026")
                .contains("The mailbox is full.");
    }

    @Test
    void saysWhatOurselvesFoundWhereNobodyAnswered() throws Exception {
        RemoteReply nobody = RemoteReply.ownWords("", "connect", EnhancedStatus.of("4.4.1"), "connection timed out");
        NewMessage notice = report(ORIGINAL, told("you@far.example", Action.EXPIRED, nobody));
        assertThat(raw(parts(notice).getBodyPart(1)))
                .contains("Diagnostic-Code: x-sealpost; 4.4.1 connection timed out\r\n")
                .doesNotContain("Remote-MTA");
        assertThat(text(parts(notice).getBodyPart(0)))
                .contains("The host could not be reached.", "It was tried for as long as");
    }

    @Test
    void letsNoReplyForgeFieldsOrParts() throws Exception {
        RemoteReply evil = new RemoteReply(
                "mx\r\nAction: delivered",
                "RCPT",
                550,
                Optional.empty(),
                "no\r\n\r\nFinal-Recipient: rfc822; x@y\u0000");
        String status =
                raw(parts(report(ORIGINAL, refused("you@far.example", evil))).getBodyPart(1));
        assertThat(status.split("\r\n\r\n", -1)).hasSize(2);
        assertThat(status).contains("Status: 5.0.0\r\n").contains("smtp; 550 no\\x0D\\x0A");
    }

    @Test
    void speaksTheLanguageOfTheMessageWhereItHasWordsForIt() throws Exception {
        options = language("de-AT");
        MimeMessage german = read(report(ORIGINAL, refused("you@far.example", UNKNOWN)));
        assertThat(german.getSubject()).isEqualTo("Nicht zustellbare Nachricht zurück an den Absender");
        assertThat(text(((MimeMultipart) german.getContent()).getBodyPart(0)))
                .contains("Die Adresse gibt es dort nicht.");
        options = language("fi");
        assertThat(read(report(ORIGINAL, refused("you@far.example", UNKNOWN))).getSubject())
                .startsWith("Undelivered");
    }

    @Test
    void writesAddressesOfUtf8InSevenBits() throws Exception {
        NewMessage notice = report(ORIGINAL, refused("grün@far.example", UNKNOWN));
        assertThat(raw(parts(notice).getBodyPart(1))).contains("Final-Recipient: utf-8; gr\\x{FC}n@far.example\r\n");
    }

    @Test
    void everyLanguageHasTheSameWords() {
        for (String language : List.of("en", "de")) {
            Words words = Words.of(Optional.of(language));
            for (String key : List.of("intro.delayed", "answered", "signature", "local", "why.later", "expired")) {
                assertThat(words.say(key, "a", "b")).isNotBlank().doesNotContain("{");
            }
        }
    }

    private static MailOptions language(String tag) {
        return new MailOptions(
                MailOptions.BodyType.UNSTATED,
                MailOptions.Extensions.NONE,
                0,
                MailOptions.DsnRequest.NONE,
                Optional.of(tag),
                Optional.empty());
    }

    private ReportedRecipient refused(String address, RemoteReply reply) {
        return told(address, Action.REFUSED, reply);
    }

    private ReportedRecipient told(String address, Action action, RemoteReply reply) {
        return new ReportedRecipient(Recipient.of(EmailAddress.parse(address)), action, reply, clock.instant());
    }

    private NewMessage report(String original, ReportedRecipient... recipients) {
        MessageEnvelope envelope = new MessageEnvelope(
                new QueueId(7),
                new Origin(2, OptionalLong.of(7), OptionalLong.empty()),
                Optional.of(EmailAddress.parse("me@ok.example")),
                options,
                MessageKind.SUBMITTED,
                clock.instant().minus(Duration.ofHours(1)),
                clock.instant().plus(Duration.ofHours(119)));
        Lease lease = new Lease(new DeliveryId(8), new QueueId(7), 1, clock.instant());
        SignedPrefix prefix =
                new SignedPrefix("Received: by x; y\r\n".getBytes(StandardCharsets.US_ASCII), List.of(1L));
        ClaimedMessage about = new ClaimedMessage(
                envelope,
                prefix,
                Content.of(original.getBytes(StandardCharsets.UTF_8)),
                List.of(new ClaimedDelivery(lease, recipients[0].recipient(), DeliveryProgress.FRESH)));
        return notices.report(ReportedMessage.of(about), List.of(recipients));
    }

    private static MimeMessage read(NewMessage notice) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes(notice)));
    }

    private static byte[] bytes(NewMessage notice) throws Exception {
        InputStream prefix = new ByteArrayInputStream(notice.signedPrefix().bytes());
        try (InputStream whole =
                new SequenceInputStream(prefix, notice.content().open())) {
            return whole.readAllBytes();
        }
    }

    private static MimeMultipart parts(NewMessage notice) throws Exception {
        return (MimeMultipart) read(notice).getContent();
    }

    private static String lastPart(NewMessage notice) throws Exception {
        BodyPart part = parts(notice).getBodyPart(2);
        return part.getContentType() + " " + raw(part);
    }

    private static String text(BodyPart part) throws Exception {
        return (String) part.getContent();
    }

    private static String raw(BodyPart part) throws Exception {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
