package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.story.Commands.Ended;
import io.sealpost.dkim.DkimVerifier;
import io.sealpost.dkim.KeyRecords;
import io.sealpost.dkim.RawMessage;
import io.sealpost.dkim.SigningKeys;
import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.dns.DnsAnswer;
import io.sealpost.relay.dns.DnsLookups;
import io.sealpost.relay.dns.DnsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a customer's domain: claimed, refused, published, proven, signed and verified by way of its aliases, given up by its DNS,
 * refused after the grace period, published again, signed again, removed, and claimed by another.
 */
class ExternalDomainStory {
    private static final MailDomain CUSTOMER = MailDomain.parse("customer.test");

    @TempDir
    private Path folder;

    private RelayUnderTest relay;
    private Commands commands;
    private int arrived;

    @Test
    void theLifeOfACustomersDomain() throws Exception {
        try (RelayUnderTest world = RelayUnderTest.start(
                folder, "[keys]\noperator_zone = \"dkim.operator.test\"\ndelegation_grace = \"1s\"\n")) {
            relay = world;
            commands = new Commands(relay.settingsFile());

            Ended added = commands.run("domain add customer.test --external");
            assertThat(added.code()).as(added.err()).isZero();
            commands.ok("sender add anna@office.test *@customer.test");
            assertThat(tried()).startsWith("550 5.7.1").contains("DNS records that prove the domain were not seen yet");
            assertThat(commands.run("domain check customer.test").code()).isEqualTo(75);

            publish(added.out());
            String checked = commands.ok("domain check customer.test");
            assertThat(checked).contains("proven now", "r1._domainkey.customer.test  CNAME  seen", "signs now");
            await().atMost(RelayUnderTest.PATIENCE).until(() -> tried().startsWith("250 "));
            assertArrivesVerified();

            ExternalDomain domain = external();
            relay.dns().change(zones -> zones.remove(domain.challenge().name()));
            Ended going = commands.run("domain check customer.test");
            assertThat(going.out()).contains("records are gone; mail is signed until");
            assertThat(tried()).startsWith("250 ");
            assertArrivesVerified();
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() ->
                            commands.run("domain check customer.test").out().contains("nothing is signed"));
            await().atMost(RelayUnderTest.PATIENCE).until(() -> tried().startsWith("550 "));
            assertThat(tried()).contains("DNS records by which customer.test lets us sign are gone");
            assertThat(commands.ok("domain show customer.test")).contains("its records are gone; since");
            assertThat(commands.run("dkim explain shop@customer.test").out())
                    .contains("by which customer.test lets us sign are gone");

            relay.dns()
                    .change(zones -> zones.txt(
                            domain.challenge().name(), domain.challenge().value()));
            commands.ok("domain check customer.test");
            await().atMost(RelayUnderTest.PATIENCE).until(() -> tried().startsWith("250 "));
            assertArrivesVerified();

            givenUpAndClaimedByAnother(domain);
        }
    }

    private void givenUpAndClaimedByAnother(ExternalDomain domain) {
        Ended removed = commands.run("domain remove customer.test --force");
        assertThat(removed.code()).as(removed.err()).isZero();
        assertThat(removed.out()).contains("r1." + domain.token() + ".dkim.operator.test. IN TXT \"v=DKIM1; p=\"");
        assertThat(commands.ok("domain zone")).contains("r1." + domain.token()).doesNotContain("k=rsa");
        await().atMost(RelayUnderTest.PATIENCE).until(() -> tried().startsWith("550 "));

        commands.ok("tenant add Another");
        commands.ok("domain add customer.test --external --tenant Another");
        assertThat(external().token()).isNotEqualTo(domain.token());
        assertThat(commands.run("domain check customer.test").code())
                .as("the old records prove nothing")
                .isEqualTo(75);
    }

    private ExternalDomain external() {
        return relay.administer(
                administration -> administration.externalDomains().of(CUSTOMER).get(0));
    }

    /** As the owner and the operator do with the lines that the command printed. */
    private void publish(String zone) {
        List<String[]> records = new ArrayList<>();
        for (String line : zone.lines().filter(one -> !one.startsWith(";")).toList()) {
            records.add(line.split(" ", 4));
        }
        assertThat(records).hasSize(7);
        relay.dns().change(zones -> records.forEach(record -> zones.record(record[0], record[2], record[3])));
    }

    /** What the relay says to a mail from the customer's domain. */
    private String tried() {
        String from = "shop@customer.test";
        try (RawSmtpClient client = relay.login()) {
            client.say("MAIL FROM:<" + from + ">", "250")
                    .say("RCPT TO:<shop@shop.test>", "250")
                    .say("DATA", "354");
            client.send("From: " + from + "\r\nTo: shop@shop.test\r\nSubject: Hi\r\n"
                    + "Date: Tue, 24 Nov 2026 12:00:00 +0000\r\nMessage-ID: <1@customer.test>\r\n\r\nHi\r\n.\r\n");
            String reply = client.reply().get(0);
            arrived += reply.startsWith("250 ") ? 1 : 0;
            return reply;
        }
    }

    /** The last one, by the records that a receiver finds: the owner's aliases lead to the operator's keys. */
    private void assertArrivesVerified() throws IOException {
        byte[] content = relay.mx()
                .awaitMessages(arrived, RelayUnderTest.PATIENCE)
                .get(arrived - 1)
                .content();
        DnsLookups dns = new DnsLookups(DnsSettings.of(List.of(relay.dns().address())), Clock.systemUTC());
        KeyRecords records = name -> dns.txt(name) instanceof DnsAnswer.Found<String> found
                ? new KeyRecords.Answer.Records(found.records())
                : new KeyRecords.Answer.Records(List.of());
        List<Verdict> verdicts =
                new DkimVerifier(SigningKeys.choose(), records).verify(RawMessage.of(content), Instant.now());
        assertThat(verdicts).extracting(Verdict::kind).containsExactly(Verdict.Kind.PASS, Verdict.Kind.PASS);
        assertThat(new String(content, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("d=customer.test; s=r1;", "s=e1;");
    }
}
