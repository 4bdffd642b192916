package io.sealpost.relay.deliver;

import static io.sealpost.relay.deliver.DeliveryBench.GRANTED;
import static io.sealpost.relay.deliver.DeliveryBench.mail;
import static io.sealpost.relay.deliver.DeliveryBench.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.queue.MailOptions;
import io.sealpost.relay.deliver.DeliveryOutcome.Deferred;
import io.sealpost.relay.deliver.DeliveryOutcome.Delivered;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpportunisticTlsTest {
    private static final SSLContext TLS = TestTls.worthless();

    private TestMx mx;
    private SmtpDelivery delivery;

    @BeforeEach
    void start() throws IOException {
        mx = new TestMx().withTls(TLS);
        delivery = DeliveryBench.delivery();
    }

    @AfterEach
    void stop() throws IOException {
        delivery.close();
        mx.close();
    }

    @Test
    void mailTravelsInsideTlsWhateverTheCertificateWhereStartTlsIsOffered() {
        AttemptResult result = attempt();
        assertThat(result.outcome()).isInstanceOf(Delivered.class);
        assertThat(result.connection().tls())
                .hasValueSatisfying(tls -> assertThat(tls).startsWith("TLSv1.3 TLS_"));
        assertThat(mx.mails)
                .singleElement()
                .satisfies(mail -> assertThat(mail.tls()).isTrue());
        assertThat(mx.commands)
                .containsSubsequence(
                        "EHLO relay.test",
                        "STARTTLS",
                        "EHLO relay.test",
                        "MAIL FROM:<s@sender.test> SIZE=" + mx.mails.get(0).content().length);
    }

    @Test
    void aKeptConnectionStaysInsideTls() {
        attempt();
        attempt();
        assertThat(mx.connections).hasValue(1);
        assertThat(mx.mails).hasSize(2).allMatch(TestMx.Mail::tls);
    }

    @Test
    void largeMailsCrossTlsUnharmed() {
        String content = "Subject: x\r\n\r\n" + ".line\r\n".repeat(200_000);
        delivery.attempt(mail(content, MailOptions.NONE), route(mx), GRANTED);
        assertThat(mx.mails.get(0).text()).isEqualTo(DeliveryBench.PREFIX + content);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("handshake cut off", (TestMx.Act) session -> {
                    session.say("220 go ahead\r\n");
                    session.end();
                    return false;
                }),
                Arguments.of("no TLS spoken", TestMx.replyAndDrop("220 go ahead\r\n500 what is this?")),
                Arguments.of("closed", TestMx.replyAndDrop("220 go ahead")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void whereTlsItselfFailsTheSameHostIsTriedInClear(String name, TestMx.Act act) {
        mx.on("STARTTLS", act);
        AttemptResult result = attempt();
        assertThat(result.outcome()).isInstanceOf(Delivered.class);
        assertThat(result.connection().tls()).isEmpty();
        assertThat(mx.connections).hasValue(2);
        assertThat(mx.mails)
                .singleElement()
                .satisfies(mail -> assertThat(mail.tls()).isFalse());
    }

    @Test
    void aHandshakeThatStallsIsFollowedByTheSameHostInClear() {
        mx.on("STARTTLS", session -> {
            session.say("220 go ahead\r\n");
            return session.hang();
        });
        try (SmtpDelivery hasty = DeliveryBench.delivery(Duration.ofMillis(700))) {
            assertThat(hasty.attempt(mail(), route(mx), GRANTED).get(0).outcome())
                    .isInstanceOf(Delivered.class);
        }
        assertThat(mx.connections).hasValue(2);
    }

    @Test
    void aHostThatHasNoTlsJustNowGetsTheMailInClearOverTheSameConnection() {
        mx.on("STARTTLS", TestMx.reply("454 4.7.0 TLS not available"));
        assertThat(attempt().outcome()).isInstanceOf(Delivered.class);
        assertThat(mx.connections).hasValue(1);
    }

    @Test
    void repliesInjectedBehindStartTlsAreForgotten() {
        mx.on("STARTTLS", TestMx.raw("220 go ahead\r\n250-injected\r\n250 XINJECTED\r\n"));
        assertThat(attempt().outcome()).isInstanceOf(Delivered.class);
    }

    @Test
    void aHostThatIsTooBusyInsideTlsIsNotAskedAgainInClear() {
        mx.on(
                "EHLO",
                TestMx.reply("250-mx.test\r\n250 STARTTLS"),
                TestMx.replyAndDrop("421 4.7.0 too many connections"));
        assertThat(attempt().outcome())
                .isInstanceOfSatisfying(
                        Deferred.class, d -> assertThat(d.reply().code()).isEqualTo(421));
        assertThat(mx.connections).hasValue(1);
    }

    private AttemptResult attempt() {
        return delivery.attempt(mail(), route(mx), GRANTED).get(0);
    }
}
