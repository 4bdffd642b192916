package io.sealpost.relay.deliver;

import static io.sealpost.relay.deliver.DeliveryBench.GRANTED;
import static io.sealpost.relay.deliver.DeliveryBench.mail;
import static io.sealpost.relay.deliver.DeliveryBench.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.Loopback;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.Content;
import io.sealpost.queue.MailOptions;
import io.sealpost.relay.deliver.DeliveryOutcome.Bounced;
import io.sealpost.relay.deliver.DeliveryOutcome.Deferred;
import io.sealpost.relay.deliver.DeliveryOutcome.Delivered;
import io.sealpost.relay.deliver.DeliveryOutcome.Reason;
import io.sealpost.relay.route.PrivateAddresses;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpDeliveryTest {
    private TestMx mx;
    private SmtpDelivery delivery;

    @BeforeEach
    void start() throws IOException {
        mx = new TestMx();
        delivery = DeliveryBench.delivery();
    }

    @AfterEach
    void stop() throws IOException {
        delivery.close();
        mx.close();
    }

    @Test
    void aMailArrivesWithItsPrefixInFrontOfItsContent() {
        AttemptResult result = deliver(mail()).get(0);
        assertThat(result.outcome()).isInstanceOf(Delivered.class);
        assertThat(result.outcome().reply().shown()).isEqualTo("250 2.0.0 Ok: queued");
        assertThat(result.connection().relay())
                .isEqualTo("mx" + mx.address().getPort() + ".test[127.0.0.1]:"
                        + mx.address().getPort());
        assertThat(result.connection().tls()).isEmpty();
        assertThat(mx.mails).singleElement().satisfies(mail -> {
            assertThat(mail.text()).isEqualTo(DeliveryBench.PREFIX + DeliveryBench.CONTENT);
            assertThat(mail.envelope())
                    .containsExactly(
                            "MAIL FROM:<s@sender.test> SIZE=" + mail.content().length, "RCPT TO:<r@example.test>");
        });
    }

    @Test
    void aNoticeGoesOutWithANullSender() {
        Transmission mail = mail();
        deliver(new Transmission(
                mail.id(), Optional.empty(), mail.options(), mail.recipients(), mail.prefix(), mail.content()));
        assertThat(mx.mails.get(0).envelope().get(0)).startsWith("MAIL FROM:<> ");
    }

    @Test
    void commandsOfATransactionGoInOnePieceWherePipeliningIsAnnounced() {
        deliver(mail("a@example.test", "b@example.test"));
        assertThat(mx.commands)
                .containsSubsequence(
                        "EHLO relay.test", "+RCPT TO:<a@example.test>", "+RCPT TO:<b@example.test>", "+DATA", ".");
    }

    @Test
    void commandsWaitForTheirRepliesWherePipeliningIsNotAnnounced() {
        mx.announcing("8BITMIME");
        deliver(mail("a@example.test", "b@example.test"));
        assertThat(mx.commands)
                .containsExactly(
                        "EHLO relay.test",
                        "MAIL FROM:<s@sender.test>",
                        "RCPT TO:<a@example.test>",
                        "RCPT TO:<b@example.test>",
                        "DATA",
                        ".");
    }

    @Test
    void aHostWithoutEhloIsGreetedWithHelo() {
        mx.on("EHLO", TestMx.reply("502 5.5.1 what?"));
        assertThat(deliver(mail()).get(0).outcome()).isInstanceOf(Delivered.class);
        assertThat(mx.commands).containsSubsequence("EHLO relay.test", "HELO relay.test", "MAIL FROM:<s@sender.test>");
    }

    @Test
    void recipientsOfOneTransactionEndEachByTheirOwnReply() {
        mx.on(
                "RCPT",
                TestMx.reply("250 ok"),
                TestMx.reply("550 5.1.1 No such user"),
                TestMx.reply("450 4.2.0 Greylisted"),
                TestMx.reply("251 forwarding"));
        List<AttemptResult> results = deliver(mail("a@x.test", "b@x.test", "c@x.test", "d@x.test"));
        assertThat(results).extracting(r -> r.recipient().address().localPart()).containsExactly("a", "b", "c", "d");
        assertThat(results.get(0).outcome()).isInstanceOf(Delivered.class);
        assertThat(results.get(1).outcome())
                .isInstanceOfSatisfying(
                        Bounced.class, b -> assertThat(b.reason()).isEqualTo(Reason.UNKNOWN_RECIPIENT));
        assertThat(results.get(2).outcome())
                .isInstanceOfSatisfying(
                        Deferred.class, d -> assertThat(d.reason()).isEqualTo(Reason.GREYLISTED));
        assertThat(results.get(3).outcome()).isInstanceOf(Delivered.class);
        assertThat(mx.mails).hasSize(1);
    }

    @Test
    void whereAllRecipientsAreRefusedAndDataIsTakenALoneDotEndsIt() {
        mx.on("RCPT", TestMx.reply("550 5.1.1 No such user"))
                .on("end of data", TestMx.reply("554 5.5.1 no valid recipients"));
        assertThat(deliver(mail("a@x.test", "b@x.test")))
                .allMatch(r -> r.outcome() instanceof Bounced b && b.reply().code() == 550);
        assertThat(mx.mails).isEmpty();
        assertThat(mx.commands).contains(".");
    }

    @Test
    void aRefusedSenderIsEveryRecipientsAnswer() {
        mx.on("MAIL", TestMx.reply("550 5.7.1 Sender blocked"))
                .on("RCPT", TestMx.reply("503 5.5.1 MAIL first"))
                .on("DATA", TestMx.reply("503 5.5.1 RCPT first"));
        assertThat(deliver(mail("a@x.test", "b@x.test")))
                .allMatch(r -> r.outcome() instanceof Bounced b
                        && b.reply().code() == 550
                        && b.reply().command().equals("MAIL")
                        && b.reason() == Reason.POLICY);
    }

    @Test
    void theSameAddressTwiceGetsOneCopyAndTwoAnswers() {
        assertThat(deliver(mail("a@x.test", "a@x.test"))).hasSize(2).allMatch(r -> r.outcome() instanceof Delivered);
        assertThat(mx.mails.get(0).envelope()).hasSize(2);
    }

    @Test
    void manyRecipientsTravelInTransactionsOfAtMostFifty() {
        String[] many =
                IntStream.range(0, 120).mapToObj(i -> "r" + i + "@x.test").toArray(String[]::new);
        assertThat(deliver(mail(many))).hasSize(120).allMatch(r -> r.outcome() instanceof Delivered);
        assertThat(mx.mails).extracting(m -> m.envelope().size()).containsExactly(51, 51, 21);
        assertThat(mx.connections).hasValue(1);
    }

    @Test
    void whoIsOneTooManyFollowsInAnotherTransaction() {
        mx.on(
                "RCPT",
                TestMx.reply("250 ok"),
                TestMx.reply("452 4.5.3 Too many recipients"),
                TestMx.reply("552 too many recipients"),
                TestMx.reply("250 ok"));
        assertThat(deliver(mail("a@x.test", "b@x.test", "c@x.test"))).allMatch(r -> r.outcome() instanceof Delivered);
        assertThat(mx.mails).extracting(m -> m.envelope().size() - 1).containsExactly(3, 2);
        assertThat(mx.connections).hasValue(1);
    }

    @Test
    void firstChoiceDownMeansTheNextHost() throws IOException {
        InetSocketAddress down = Loopback.socket("127.0.0.250", mx.address().getPort()); // Nobody listens there.
        AttemptResult result =
                delivery.attempt(mail(), route(down, mx.address()), GRANTED).get(0);
        assertThat(result.outcome()).isInstanceOf(Delivered.class);
        assertThat(result.connection().relay()).contains(":" + mx.address().getPort());
    }

    @Test
    void aHostThatRefusesTheSessionForGoodIsPassedOver() throws IOException {
        try (TestMx closed = new TestMx()) {
            closed.on("greeting", TestMx.reply("554 5.7.1 no SMTP service here"));
            assertThat(delivery.attempt(mail(), route(closed, mx), GRANTED)
                            .get(0)
                            .outcome())
                    .isInstanceOf(Delivered.class);
            mx.on("greeting", TestMx.reply("554 5.7.1 no SMTP service here"));
            assertThat(delivery.attempt(mail(), route(closed), GRANTED).get(0).outcome())
                    .as("it says nothing about the message")
                    .isInstanceOf(Deferred.class);
        }
    }

    @Test
    void whoIsDeferredAtOneHostIsOfferedToTheNext() throws IOException {
        try (TestMx greylists = new TestMx()) {
            greylists.on("RCPT", TestMx.reply("250 ok"), TestMx.reply("450 4.7.1 later"));
            List<AttemptResult> results = delivery.attempt(mail("a@x.test", "b@x.test"), route(greylists, mx), GRANTED);
            assertThat(results).allMatch(r -> r.outcome() instanceof Delivered);
            assertThat(greylists.mails.get(0).envelope()).contains("RCPT TO:<a@x.test>");
            assertThat(mx.mails.get(0).envelope())
                    .contains("RCPT TO:<b@x.test>")
                    .doesNotContain("RCPT TO:<a@x.test>");
        }
    }

    @Test
    void notMoreThanTwoHostsAreAskedInOneAttempt() throws IOException {
        try (TestMx one = new TestMx();
                TestMx two = new TestMx()) {
            one.on("RCPT", TestMx.reply("450 4.7.1 later"));
            two.on("RCPT", TestMx.reply("450 4.7.1 later"));
            assertThat(delivery.attempt(mail(), route(one, two, mx), GRANTED)
                            .get(0)
                            .outcome())
                    .isInstanceOf(Deferred.class);
            assertThat(mx.connections).hasValue(0);
        }
    }

    @Test
    void whatWasRefusedForGoodIsNotOfferedElsewhere() throws IOException {
        try (TestMx refuses = new TestMx()) {
            refuses.on("RCPT", TestMx.reply("550 5.1.1 No such user"));
            assertThat(delivery.attempt(mail(), route(refuses, mx), GRANTED)
                            .get(0)
                            .outcome())
                    .isInstanceOf(Bounced.class);
            assertThat(mx.connections).hasValue(0);
        }
    }

    @Test
    void noAnswerToTheFinalDotDefersAndIsTriedNowhereElse() throws IOException {
        try (TestMx silent = new TestMx()) {
            silent.on("end of data", TestMx.drop());
            AttemptResult result =
                    delivery.attempt(mail(), route(silent, mx), GRANTED).get(0);
            assertThat(result.outcome()).isInstanceOf(Deferred.class);
            assertThat(result.outcome().reply().text()).contains("may have been delivered");
            assertThat(mx.connections).hasValue(0);
        }
    }

    @Test
    void withoutThePermitTheFinalDotIsNeverSent() throws IOException {
        try (TestMx other = new TestMx()) {
            AttemptResult result =
                    delivery.attempt(mail(), route(mx, other), () -> false).get(0);
            assertThat(result.outcome())
                    .isInstanceOfSatisfying(
                            Deferred.class, d -> assertThat(d.reason()).isEqualTo(Reason.INTERNAL));
            assertThat(other.connections).hasValue(0);
        }
        assertThat(mx.mails).isEmpty();
        assertThat(mx.commands).doesNotContain(".");
    }

    @Test
    void contentThatCannotBeReadIsOurFaultAndEndsNoMail() {
        Content broken = new Content() {
            @Override
            public long size() {
                return 10;
            }

            @Override
            public InputStream open() throws IOException {
                throw new IOException("disk");
            }
        };
        Transmission mail = mail();
        Transmission unreadable =
                new Transmission(mail.id(), mail.sender(), mail.options(), mail.recipients(), mail.prefix(), broken);
        assertThat(deliver(unreadable).get(0).outcome())
                .isInstanceOfSatisfying(
                        Deferred.class, d -> assertThat(d.reason()).isEqualTo(Reason.INTERNAL));
    }

    @Test
    void aHostThatRefusesTheContentAndHangsUpIsHeard() {
        mx.on("DATA", session -> {
            session.say("354 go ahead\r\n");
            session.say("552 5.3.4 Message too big\r\n");
            return TestMx.drop().run(session);
        });
        byte[] big = ("Subject: x\r\n\r\n" + "0123456789\r\n".repeat(1_000_000)).getBytes(StandardCharsets.US_ASCII);
        assertThat(deliver(mail(big, MailOptions.NONE)).get(0).outcome())
                .isInstanceOfSatisfying(
                        Bounced.class, b -> assertThat(b.reason()).isEqualTo(Reason.CONTENT));
    }

    @Test
    void aConnectionIsUsedAgainForTheNextMail() {
        IntStream.range(0, 5).forEach(i -> deliver(mail()));
        assertThat(mx.mails).hasSize(5);
        assertThat(mx.connections).hasValue(1);
        assertThat(mx.commands).doesNotContain("RSET");
    }

    @Test
    void afterRefusedRecipientsTheNextMailOfTheConnectionBeginsWithRset() {
        mx.announcing("8BITMIME").on("RCPT", TestMx.reply("550 5.1.1 No such user"), TestMx.reply("250 ok"));
        deliver(mail("gone@x.test"));
        assertThat(deliver(mail()).get(0).outcome()).isInstanceOf(Delivered.class);
        assertThat(mx.connections).hasValue(1);
        assertThat(mx.commands).containsSubsequence("RCPT TO:<gone@x.test>", "RSET", "MAIL FROM:<s@sender.test>");
    }

    @Test
    void aKeptConnectionThatTheHostEndedIsReplacedWithoutAWord() {
        mx.on(
                "MAIL",
                TestMx.reply("250 2.1.0 Ok"),
                TestMx.drop(),
                TestMx.reply("250 2.1.0 Ok"),
                TestMx.replyAndDrop("421 4.4.2 idle"),
                TestMx.reply("250 2.1.0 Ok"));
        for (int i = 0; i < 3; i++) {
            assertThat(deliver(mail()).get(0).outcome()).isInstanceOf(Delivered.class);
        }
        assertThat(mx.connections).hasValue(3);
    }

    @Test
    void aConnectionIsEndedAfterItsMails() {
        DeliveryLimits two = new DeliveryLimits(50, 8, 2, 2, Duration.ofMinutes(5), Duration.ofSeconds(5), 10);
        try (SmtpDelivery frugal = DeliveryBench.delivery(two)) {
            IntStream.range(0, 4).forEach(i -> frugal.attempt(mail(), route(mx), GRANTED));
        }
        assertThat(mx.connections).hasValue(2);
        Awaitility.await()
                .until(() -> mx.commands.stream().filter("QUIT"::equals).count() == 2);
    }

    @Test
    void anIdleConnectionIsEnded() {
        DeliveryLimits hasty = new DeliveryLimits(50, 8, 2, 100, Duration.ofMinutes(5), Duration.ofMillis(50), 10);
        try (SmtpDelivery frugal = DeliveryBench.delivery(hasty)) {
            frugal.attempt(mail(), route(mx), GRANTED);
            Awaitility.await().until(() -> mx.commands.contains("QUIT"));
            frugal.attempt(mail(), route(mx), GRANTED);
        }
        assertThat(mx.connections).hasValue(2);
    }

    @Test
    void anAddressThatIsNotPermittedIsNotConnectedTo() {
        try (SmtpDelivery strict = new SmtpDelivery(
                "relay.test", DeliveryTimeouts.STANDARD, DeliveryLimits.STANDARD, PrivateAddresses.refused())) {
            assertThat(strict.attempt(mail(), route(mx), GRANTED).get(0).outcome())
                    .isInstanceOf(Deferred.class);
        }
        assertThat(mx.connections).hasValue(0);
    }

    @Test
    void eightBitTextIsDeclaredWhereItIsThereAndOnlyThere() {
        deliver(mail());
        deliver(mail("Subject: x\r\n\r\ngrüße\r\n", MailOptions.NONE));
        deliver(mail("Subject: grüße\r\n\r\nx\r\n", MailOptions.NONE));
        assertThat(mx.mails)
                .extracting(m -> m.envelope().get(0).contains("BODY=8BITMIME"))
                .containsExactly(false, true, true);
    }

    @Test
    void eightBitTextGoesToAHostThatTakesItOrComesBack() throws IOException {
        try (TestMx sevenBit = new TestMx().announcing("PIPELINING")) {
            Transmission mail = mail("Subject: x\r\n\r\ngrüße\r\n", MailOptions.NONE);
            assertThat(delivery.attempt(mail, route(sevenBit, mx), GRANTED)
                            .get(0)
                            .outcome())
                    .isInstanceOf(Delivered.class);
            assertThat(delivery.attempt(mail, route(sevenBit), GRANTED).get(0).outcome())
                    .isInstanceOfSatisfying(
                            Bounced.class,
                            b -> assertThat(b.reply().status().map(Object::toString))
                                    .contains("5.6.3"));
            assertThat(sevenBit.mails).isEmpty();
        }
    }

    @Test
    void whatOneHostCannotTakeDoesNotComeBackWhileAnotherIsDown() throws IOException {
        InetSocketAddress down = Loopback.socket("127.0.0.250", mx.address().getPort()); // Nobody listens there.
        try (TestMx sevenBit = new TestMx().announcing("PIPELINING")) {
            Transmission mail = mail("Subject: x\r\n\r\ngrüße\r\n", MailOptions.NONE);
            assertThat(delivery.attempt(mail, route(sevenBit.address(), down), GRANTED)
                            .get(0)
                            .outcome())
                    .isInstanceOf(Deferred.class);
            assertThat(delivery.attempt(mail, route(down, sevenBit.address()), GRANTED)
                            .get(0)
                            .outcome())
                    .isInstanceOf(Deferred.class);
        }
    }

    @Test
    void eightBitBytesInTheHeaderAloneGoAsTheyCame() throws IOException {
        try (TestMx sevenBit = new TestMx().announcing("PIPELINING")) {
            Transmission mail = mail("Subject: grüße\r\n\r\nx\r\n", MailOptions.NONE);
            assertThat(delivery.attempt(mail, route(sevenBit), GRANTED).get(0).outcome())
                    .isInstanceOf(Delivered.class);
        }
    }

    @Test
    void smtpUtf8IsAskedForOnlyWhereItWasDeclaredAndIsNeeded() {
        MailOptions declared = new MailOptions(
                MailOptions.BodyType.UNSTATED,
                new MailOptions.Extensions(true, false),
                0,
                MailOptions.DsnRequest.NONE,
                Optional.empty(),
                Optional.empty());
        deliver(mail(DeliveryBench.CONTENT, declared));
        deliver(mail(DeliveryBench.CONTENT, declared, "jürgen@example.test"));
        deliver(mail("Subject: grüße\r\n\r\n", declared));
        deliver(mail("Subject: grüße\r\n\r\n", MailOptions.NONE));
        assertThat(mx.mails)
                .extracting(m -> m.envelope().get(0).endsWith(" SMTPUTF8"))
                .containsExactly(false, true, true, false);
        assertThat(mx.mails.get(1).envelope().get(1)).isEqualTo("RCPT TO:<jürgen@example.test>");
        mx.announcing("8BITMIME");
        delivery.close();
        delivery = DeliveryBench.delivery();
        List<AttemptResult> results =
                deliver(mail(DeliveryBench.CONTENT, declared, "jürgen@example.test", "a@example.test"));
        assertThat(results.get(0).outcome())
                .isInstanceOfSatisfying(
                        Bounced.class,
                        b -> assertThat(b.reply().status().map(Object::toString))
                                .contains("5.6.7"));
        assertThat(results.get(1).outcome()).isInstanceOf(Delivered.class);
    }

    @Test
    void quotedLocalPartsKeepTheirQuotes() {
        deliver(mail("\"a b\"@example.test"));
        assertThat(mx.mails.get(0).envelope()).contains("RCPT TO:<\"a b\"@example.test>");
        assertThat(EmailAddress.parse("\"a b\"@example.test")).hasToString("\"a b\"@example.test");
    }

    @Test
    void aReplysWordsCrossUnharmed() {
        mx.on("RCPT", TestMx.reply("550-5.1.1 The address does not exist.\n550 5.1.1 See https://x.test/gr\u00fcn"));
        RemoteReply reply = deliver(mail()).get(0).outcome().reply();
        assertThat(reply.code()).isEqualTo(550);
        assertThat(reply.status().map(Object::toString)).contains("5.1.1");
        assertThat(reply.text()).isEqualTo("The address does not exist. See https://x.test/grün");
        assertThat(reply.command()).isEqualTo("RCPT");
    }

    private List<AttemptResult> deliver(Transmission mail) {
        return delivery.attempt(mail, route(mx), GRANTED);
    }
}
