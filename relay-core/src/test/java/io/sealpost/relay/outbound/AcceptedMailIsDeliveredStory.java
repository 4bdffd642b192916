package io.sealpost.relay.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.Credential;
import io.sealpost.account.Origin;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.queue.Content;
import io.sealpost.queue.JournalEntry.Kind;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.Recipient;
import io.sealpost.relay.authorise.SenderAuthority;
import io.sealpost.relay.deliver.Transmission;
import io.sealpost.relay.fake.FakeAccounts;
import io.sealpost.relay.fake.FakeNet;
import io.sealpost.relay.intake.ClientIdentity;
import io.sealpost.relay.intake.IntakeResult;
import io.sealpost.relay.intake.IntakeSettings;
import io.sealpost.relay.intake.IntakeSettings.ClientTrace;
import io.sealpost.relay.intake.IntakeSettings.WithoutKey;
import io.sealpost.relay.intake.MessageIntake;
import io.sealpost.relay.intake.Submission;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the listener's hand to the remote host's, everything between being real but queue, keys and network. */
final class AcceptedMailIsDeliveredStory {
    private static final EmailAddress ME = EmailAddress.parse("me@ok.example");

    private final Outbound out = new Outbound();
    private final MessageIntake intake = new MessageIntake(
            new SenderAuthority(new FakeAccounts().allow("me@ok.example")),
            out.signing,
            out.queue,
            out.service,
            out.ids::incrementAndGet,
            out.clock,
            new IntakeSettings(
                    MailDomain.parse("relay.example.net"),
                    IntakeSettings.Header.USUAL,
                    Duration.ofDays(5),
                    Duration.ofDays(1),
                    ClientTrace.SHOWN,
                    WithoutKey.REFUSE));

    @AfterEach
    void stop() {
        out.service.drain(Duration.ofSeconds(5));
    }

    @Test
    void smallMailGoesFromMemoryAndItsReportComesBack() throws IOException {
        out.net.answer("gone@far.example", FakeNet.unknown());
        out.service.start();
        accept("small", "you@far.example", "gone@far.example");
        awaitStates("you@far.example DELIVERED", "gone@far.example BOUNCED", "me@ok.example DELIVERED");
        assertThat(sent(out.net.transmissions().get(0)))
                .startsWith("DKIM-Signature: ")
                .contains("\r\nReceived: from client.example ([127.0.0.1])\r\n")
                .endsWith("\r\nFrom: me@ok.example\r\n\r\nsmall\r\n");
        assertThat(out.queue.journal()).startsWith(Kind.RECEPTION).contains(Kind.DELIVERY, Kind.BOUNCE, Kind.NOTICE);
    }

    @Test
    void largeMailGoesByAnOrdinaryClaim() throws IOException {
        out.service.start();
        accept("0123456789abcde\r\n".repeat(70_000), "you@far.example");
        awaitStates("you@far.example DELIVERED");
        assertThat(sent(out.net.transmissions().get(0))).hasSizeGreaterThan(1 << 20);
    }

    private void accept(String body, String... recipients) {
        ClientIdentity client = new ClientIdentity(
                InetAddress.getLoopbackAddress(), "client.example", "ESMTPSA", Optional.empty(), "submission");
        byte[] message = ("From: me@ok.example\r\n\r\n" + body + "\r\n").getBytes(StandardCharsets.US_ASCII);
        IntakeResult result = intake.accept(new Submission(
                client,
                new AuthenticatedAccount(
                        2,
                        7,
                        ME,
                        new Credential.Main("mark"),
                        new Origin(InetAddress.getLoopbackAddress(), "submission")),
                Optional.of(ME),
                MailOptions.NONE,
                List.of(recipients).stream()
                        .map(EmailAddress::parse)
                        .map(Recipient::of)
                        .toList(),
                Content.of(message)));
        assertThat(result).isInstanceOf(IntakeResult.Accepted.class);
    }

    private void awaitStates(String... states) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(out.queue.states()).containsExactly(states));
    }

    private static String sent(Transmission transmission) throws IOException {
        try (InputStream in = transmission.content().open()) {
            return new String(transmission.prefix().bytes(), StandardCharsets.US_ASCII)
                    + new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
