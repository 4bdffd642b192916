package io.sealpost.relay.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.Credential;
import io.sealpost.account.Origin;
import io.sealpost.dkim.DkimSigner;
import io.sealpost.dkim.DkimVerifier;
import io.sealpost.dkim.KeyRecords;
import io.sealpost.dkim.SigningKeys;
import io.sealpost.dkim.SigningOptions;
import io.sealpost.mail.DataSize;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.mail.Share;
import io.sealpost.queue.Content;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.NewDelivery.Start;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.Recipient;
import io.sealpost.relay.authorise.SenderAuthority;
import io.sealpost.relay.fake.FakeAccounts;
import io.sealpost.relay.fake.FakeKeys;
import io.sealpost.relay.fake.FakeQueue;
import io.sealpost.relay.fake.MovableClock;
import io.sealpost.relay.fake.RecordingFresh;
import io.sealpost.relay.intake.IntakeSettings.ClientTrace;
import io.sealpost.relay.intake.IntakeSettings.WithoutKey;
import io.sealpost.relay.signing.MessageSigning;
import io.sealpost.relay.signing.SignatureProof;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MessageIntakeTest {
    private static final EmailAddress ME = EmailAddress.parse("me@ok.example");
    private static final MailDomain HOST = MailDomain.parse("relay.example.net");
    private static final String HEADER = "From: Me <me@ok.example>\r\n"
            + "To: you@far.example\r\nSubject: hello\r\nDate: Wed, 4 Mar 2026 05:00:00 +0000\r\nMessage-ID: <1@me>\r\n";

    private final MovableClock clock = new MovableClock();
    private final FakeAccounts accounts = new FakeAccounts().allow("me@ok.example");
    private final FakeKeys keys = new FakeKeys().activate(2, "ok.example");
    private final FakeQueue queue = new FakeQueue(clock);
    private final RecordingFresh fresh = new RecordingFresh();
    private ClientTrace trace = ClientTrace.SHOWN;
    private WithoutKey withoutKey = WithoutKey.REFUSE;
    private List<String> shown = List.of(FakeKeys.record());

    @Test
    void storesASignedMessageWithItsBytesUnchanged() throws IOException {
        IntakeResult result = accept(HEADER + "X-Odd:  two  blanks \r\n\tfolded\r\n\r\nbody\r\n");
        NewMessage stored = queue.messages().get(0);
        assertThat(result).isEqualTo(new IntakeResult.Accepted(stored.envelope().id()));
        assertThat(text(stored.content())).isEqualTo(HEADER + "X-Odd:  two  blanks \r\n\tfolded\r\n\r\nbody\r\n");
        assertThat(prefix(stored))
                .startsWith("DKIM-Signature:")
                .contains("d=ok.example;")
                .containsSubsequence(
                        "DKIM-Signature:",
                        "\r\nReceived: from client.example ([192.0.2.7])\r\n\tby relay"
                                + ".example.net (Sealpost) with ESMTPSA (TLSv1.3)\r\n\tid "
                                + stored.envelope().id()
                                + "\r\n\ttls TLS_AES_256_GCM_SHA384;\r\n\tWed, 4 Mar 2026 05:06:07 +0000\r\n");
        assertThat(stored.signedPrefix().keyIds()).containsExactly(100L);
        assertThat(stored.envelope().expires()).isEqualTo(clock.instant().plus(Duration.ofDays(5)));
        assertThat(queue.journal()).containsExactly(JournalEntry.Kind.RECEPTION);
    }

    @Test
    void handsTheLeasedMessageOverForItsFirstAttempt() throws IOException {
        accept(HEADER + "\r\nbody\r\n");
        assertThat(queue.states()).containsExactly("you@far.example ACTIVE");
        assertThat(fresh.taken).hasSize(1);
        assertThat(text(fresh.taken.get(0).content())).endsWith("\r\n\r\nbody\r\n");
        assertThat(fresh.freed).isZero();
    }

    @Test
    void leavesItToAnOrdinaryClaimWhereThereIsNoRoom() {
        fresh.full = true;
        accept(HEADER + "\r\nbody\r\n");
        assertThat(queue.states()).containsExactly("you@far.example QUEUED");
        assertThat(fresh.stored).isEqualTo(1);
    }

    @Test
    void leavesLargeMessagesToAnOrdinaryClaimAndNeverHoldsThemWhole() throws IOException {
        String large = "Bcc: x@y.example\r\n" + HEADER + "\r\n" + "0123456789abcde\r\n".repeat(80_000);
        accept(large);
        NewMessage stored = queue.messages().get(0);
        assertThat(stored.content()).isInstanceOf(SplicedContent.class);
        assertThat(stored.content().size()).isEqualTo(large.length() - "Bcc: x@y.example\r\n".length());
        assertThat(text(stored.content())).isEqualTo(large.substring("Bcc: x@y.example\r\n".length()));
        assertThat(queue.states()).containsExactly("you@far.example QUEUED");
        assertThat(fresh.stored).isEqualTo(1);
    }

    @Test
    void addsDateAndMessageIdWhereTheyAreMissingAndSignsThem() throws IOException {
        accept("From: me@ok.example\r\n\r\nbody\r\n");
        NewMessage stored = queue.messages().get(0);
        QueueId id = stored.envelope().id();
        assertThat(text(stored.content()))
                .isEqualTo("Date: Wed, 4 Mar 2026 05:06:07 +0000\r\nMessage-ID: <" + id + "@relay.example.net>\r\n"
                        + "From: me@ok.example\r\n\r\nbody\r\n");
        assertThat(prefix(stored).toLowerCase(Locale.ROOT).replaceAll("\\s", ""))
                .contains("date")
                .contains("message-id");
    }

    @Test
    void cutsBccReturnPathAndOlderSignaturesOfItsOwnDomainOnly() throws IOException {
        accept("Return-Path: <x@y.example>\r\nDKIM-Signature: v=1; d=OK.\r\n example; b=x\r\n"
                + "DKIM-Signature: v=1; d=list.example; b=y\r\nbcc: a@b.example,\r\n c@d.example\r\nBcc:\r\n"
                + "Resent-Bcc: e@f.example\r\n" + HEADER + "\r\nBcc: stays in the body\r\n");
        assertThat(text(queue.messages().get(0).content()))
                .isEqualTo("DKIM-Signature: v=1; d=list.example; b=y\r\n" + HEADER + "\r\nBcc: stays in the body\r\n");
    }

    @Test
    void cutsOlderSignaturesOfTheDomainAboveWhoseKeysSign() throws IOException {
        keys.activate(2, "example").activateAlsoFor(2, "example", "ok.example");
        accept("DKIM-Signature: v=1; d=example; b=x\r\nDKIM-Signature: v=1; d=ok.example; b=y\r\n"
                + "DKIM-Signature: v=1; d=other.ok.example; b=z\r\n" + HEADER + "\r\nbody\r\n");
        NewMessage stored = queue.messages().get(0);
        assertThat(prefix(stored)).contains("d=example;");
        assertThat(text(stored.content()))
                .isEqualTo("DKIM-Signature: v=1; d=other.ok.example; b=z\r\n" + HEADER + "\r\nbody\r\n");
    }

    @Test
    void takesAMessageWithoutABody() throws IOException {
        assertThat(accept(HEADER)).isInstanceOf(IntakeResult.Accepted.class);
        assertThat(text(queue.messages().get(0).content())).isEqualTo(HEADER);
    }

    @Test
    void refusesAForeignFromAndStoresNothing() {
        IntakeResult.Rejected rejected = rejected(accept("From: boss@victim.example\r\n\r\nx\r\n"));
        assertThat(rejected.code()).isEqualTo(550);
        assertThat(rejected.status()).hasToString("5.7.1");
        assertThat(queue.messages()).isEmpty();
    }

    @Test
    void replacesAForeignFromWhereTheAccountWantsItAndKeepsItInReplyTo() throws IOException {
        accounts.rewriteFrom();
        String rest = "To: you@there.example\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
                + "Date: Tue, 3 Nov 2026 10:00:00 +0000\r\nMessage-ID: <a@b>\r\n";

        accept("From: Visitor\r\n <visitor@elsewhere.example>\r\n" + rest + "\r\nBody\r\n");

        assertThat(text(queue.messages().get(0).content()))
                .isEqualTo("From: me@ok.example\r\nReply-To: Visitor\r\n <visitor@elsewhere.example>\r\n" + rest
                        + "\r\nBody\r\n");
        assertThat(prefix(queue.messages().get(0))).contains("d=ok.example");
    }

    @Test
    void aReplyToThatIsThereStays() throws IOException {
        accounts.rewriteFrom();

        accept("Reply-To: a@elsewhere.example\r\nFrom: b@elsewhere.example\r\n\r\nBody\r\n");

        assertThat(text(queue.messages().get(0).content()))
                .contains("Reply-To: a@elsewhere.example\r\nFrom: me@ok.example\r\n"
                        + "X-Original-From: b@elsewhere.example\r\n");
    }

    @Test
    void whatIsNotReplacedIsRefusedAllTheSame() {
        accounts.rewriteFrom();

        for (String header : new String[] {
            "From: a@elsewhere.example\r\nFrom: me@ok.example\r\n",
            "From: me@ok.example\r\nSender: boss@elsewhere.example\r\n",
            "From: boss@elsewhere.example (unclosed\r\n",
            ""
        }) {
            assertThat(accept(header + "\r\nBody\r\n")).isInstanceOf(IntakeResult.Rejected.class);
        }
        accounts.loseDomain("ok.example");
        assertThat(accept("From: a@elsewhere.example\r\n\r\nBody\r\n")).isInstanceOf(IntakeResult.Rejected.class);
        assertThat(queue.messages()).isEmpty();
    }

    @Test
    void refusesAMessageWithoutAFrom() {
        assertThat(rejected(accept("Subject: x\r\n\r\nx\r\n")).status()).hasToString("5.6.0");
        assertThat(rejected(accept("")).status()).hasToString("5.6.0");
        assertThat(rejected(accept("\r\nFrom: me@ok.example\r\n")).status()).hasToString("5.6.0");
    }

    @Test
    void refusesWhatCannotBeSignedAndSaysWhatToDo() {
        keys.retire(2, "ok.example");
        IntakeResult.Rejected rejected = rejected(accept(HEADER + "\r\nx\r\n"));
        assertThat(rejected.code()).isEqualTo(550);
        assertThat(rejected.sentence()).contains("ok.example").contains("sealpost dkim create");
        assertThat(queue.messages()).isEmpty();
    }

    @Test
    void holdsWhatCannotBeSignedWhereTheOperatorWantsIt() {
        keys.retire(2, "ok.example");
        withoutKey = WithoutKey.HOLD;
        assertThat(accept(HEADER + "\r\nx\r\n")).isInstanceOf(IntakeResult.Accepted.class);
        assertThat(queue.states().get(0)).startsWith("you@far.example HOLD (The domain ok.example");
        assertThat(prefix(queue.messages().get(0))).startsWith("Received: ");
        assertThat(queue.messages().get(0).signedPrefix().keyIds()).isEmpty();
        assertThat(fresh.taken).isEmpty();
    }

    @Test
    void doesNotTakeForNowWhatItsOwnVerifierDoesNotTake() {
        shown = List.of();
        IntakeResult.Rejected rejected = rejected(accept(HEADER + "\r\nx\r\n"));
        assertThat(rejected.code()).isEqualTo(451);
        assertThat(rejected.status()).hasToString("4.7.5");
        assertThat(rejected.sentence()).contains("s100._domainkey.ok.example: NoKey");
        assertThat(queue.messages()).isEmpty();
    }

    @Test
    void holdsUnsignedWhatItsOwnVerifierDoesNotTakeWhereTheOperatorWantsIt() {
        shown = List.of("v=DKIM1; p=");
        withoutKey = WithoutKey.HOLD;
        assertThat(accept(HEADER + "\r\nx\r\n")).isInstanceOf(IntakeResult.Accepted.class);
        assertThat(queue.states().get(0))
                .contains("HOLD (The fresh signature does not verify")
                .contains("KeyRevoked");
        assertThat(prefix(queue.messages().get(0))).startsWith("Received: ");
        assertThat(queue.messages().get(0).signedPrefix().keyIds()).isEmpty();
    }

    @Test
    void saysTryLaterWhileTheDatabaseIsAwayAndFreesTheRoom() {
        queue.away(true);
        IntakeResult.Rejected rejected = rejected(accept(HEADER + "\r\nx\r\n"));
        assertThat(rejected.code()).isEqualTo(451);
        assertThat(rejected.status()).hasToString("4.3.0");
        assertThat(fresh.freed).isEqualTo(1);
        queue.away(false);
        accounts.goAway();
        assertThat(rejected(accept(HEADER + "\r\nx\r\n")).code()).isEqualTo(451);
    }

    @Test
    void saysTryLaterWhenTheSpoolCannotBeReadOrSomethingOfOursBreaks() {
        assertThat(rejected(intake().accept(submission(broken(new IOException("disk")))))
                        .code())
                .isEqualTo(451);
        assertThat(queue.messages()).isEmpty();
    }

    @Test
    void releasesTheSpoolOfWhatItTookAndLeavesThatOfTheRefusedToTheListener() {
        AtomicLong released = new AtomicLong();
        assertThat(intake().accept(submission(counting(HEADER + "\r\nx\r\n", released))))
                .isInstanceOf(IntakeResult.Accepted.class);
        assertThat(released).hasValue(1);
        rejected(intake().accept(submission(counting("Subject: x\r\n\r\nx\r\n", released))));
        assertThat(released).hasValue(1);
    }

    @Test
    void acceptsWhatAnEarlierUnheardCallHadStored() {
        queue.loseAnswers();
        assertThat(accept(HEADER + "\r\nx\r\n")).isInstanceOf(IntakeResult.Accepted.class);
        assertThat(fresh.taken).isEmpty();
        assertThat(fresh.freed).isEqualTo(1);
    }

    @Test
    void refusesWhatGoesRoundInACircle() {
        String hop = "Received: from a by b; Wed, 4 Mar 2026 05:00:00 +0000\r\n";
        assertThat(accept(hop.repeat(100) + HEADER + "\r\nx\r\n")).isInstanceOf(IntakeResult.Accepted.class);
        IntakeResult.Rejected rejected = rejected(accept(hop.repeat(101) + HEADER + "\r\nx\r\n"));
        assertThat(rejected.code()).isEqualTo(554);
        assertThat(rejected.status()).hasToString("5.4.6");
    }

    @Test
    void refusesAHeaderThatIsTooLongOrNone() {
        IntakeResult.Rejected tooLong = rejected(accept("X: " + "y".repeat(70_000) + "\r\n" + HEADER + "\r\nx\r\n"));
        assertThat(tooLong.code()).isEqualTo(552);
        assertThat(tooLong.status()).hasToString("5.3.4");
        assertThat(rejected(accept(HEADER + "no field\r\n\r\nx\r\n")).status()).hasToString("5.6.0");
    }

    @Test
    void givesMailOfTheNullSenderTheShorterLife() {
        Submission submission = submission(Content.of(bytes(HEADER + "\r\nx\r\n")));
        intake().accept(new Submission(
                submission.client(),
                submission.account(),
                Optional.empty(),
                submission.options(),
                submission.recipients(),
                submission.content()));
        assertThat(queue.messages().get(0).envelope().expires())
                .isEqualTo(clock.instant().plus(Duration.ofDays(1)));
    }

    @Test
    void keepsTheClientOutOfTheTraceWhereTheOperatorWantsIt() {
        trace = ClientTrace.HIDDEN;
        accept(HEADER + "\r\nx\r\n");
        assertThat(prefix(queue.messages().get(0)))
                .contains("\r\nReceived: by relay.example.net (Sealpost) with ESMTPSA")
                .doesNotContain("192.0.2.7")
                .doesNotContain("client.example");
    }

    @Test
    void writesNoForgedEhloIntoTheTraceField() throws IOException {
        ClientIdentity forged = new ClientIdentity(
                InetAddress.getByName("2001:db8::7"), "x\r\nX-Evil: 1 (", "ESMTPSA", Optional.empty(), "submission");
        byte[] field = TraceField.submitted(forged, ClientTrace.SHOWN, HOST, new QueueId(7), clock.instant());
        assertThat(new String(field, StandardCharsets.US_ASCII))
                .startsWith("Received: from unknown ([IPv6:2001:db8:0:0:0:0:0:7])\r\n\tby ")
                .doesNotContain("Evil");
    }

    @Test
    void storesOneDeliveryForEachRecipient() {
        Submission one = submission(Content.of(bytes(HEADER + "\r\nx\r\n")));
        intake().accept(new Submission(
                one.client(),
                one.account(),
                one.sender(),
                one.options(),
                List.of(recipient("a@x.example"), recipient("b@y.example")),
                one.content()));
        assertThat(queue.messages().get(0).deliveries())
                .extracting(delivery -> delivery.start())
                .containsExactly(new Start.Leased(), new Start.Leased());
        assertThat(fresh.taken.get(0).deliveries())
                .extracting(delivery -> delivery.recipient().address().toString())
                .containsExactly("a@x.example", "b@y.example");
    }

    private IntakeResult accept(String message) {
        return intake().accept(submission(Content.of(bytes(message))));
    }

    private MessageIntake intake() {
        IntakeSettings settings = new IntakeSettings(
                HOST,
                new IntakeSettings.Header(DataSize.parse("64K"), 100),
                Duration.ofDays(5),
                Duration.ofDays(1),
                trace,
                withoutKey);
        SigningKeys providers = SigningKeys.choose();
        DkimVerifier verifier = new DkimVerifier(providers, name -> new KeyRecords.Answer.Records(shown));
        MessageSigning signing = new MessageSigning(
                keys,
                new DkimSigner(providers),
                domain -> SigningOptions.USUAL,
                Optional.of(new SignatureProof(verifier, new Random(), Share.ALL)),
                clock);
        AtomicLong ids = new AtomicLong(1000 + queue.messages().size() * 100L);
        return new MessageIntake(
                new SenderAuthority(accounts), signing, queue, fresh, ids::incrementAndGet, clock, settings);
    }

    private static Submission submission(Content content) {
        ClientIdentity client = new ClientIdentity(
                InetAddress.getLoopbackAddress(), "client.example", "ESMTPSA", Optional.empty(), "submission");
        try {
            client = new ClientIdentity(
                    InetAddress.getByName("192.0.2.7"),
                    "client.example",
                    "ESMTPSA",
                    Optional.of("TLSv1.3 TLS_AES_256_GCM_SHA384"),
                    "submission");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        AuthenticatedAccount account = new AuthenticatedAccount(
                2, 7, ME, new Credential.App(9), new Origin(InetAddress.getLoopbackAddress(), "submission"));
        return new Submission(
                client, account, Optional.of(ME), MailOptions.NONE, List.of(recipient("you@far.example")), content);
    }

    private static Recipient recipient(String address) {
        return Recipient.of(EmailAddress.parse(address));
    }

    private static Content counting(String message, AtomicLong released) {
        Content content = Content.of(bytes(message));
        return new Content() {
            @Override
            public long size() {
                return content.size();
            }

            @Override
            public InputStream open() throws IOException {
                return content.open();
            }

            @Override
            public void release() {
                released.incrementAndGet();
            }
        };
    }

    private static Content broken(IOException cause) {
        return new Content() {
            @Override
            public long size() {
                return 10;
            }

            @Override
            public InputStream open() throws IOException {
                throw cause;
            }
        };
    }

    private static IntakeResult.Rejected rejected(IntakeResult result) {
        return (IntakeResult.Rejected) result;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String prefix(NewMessage message) {
        return new String(message.signedPrefix().bytes(), StandardCharsets.US_ASCII);
    }

    private static String text(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
