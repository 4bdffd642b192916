package io.sealpost.relay.deliver;

import static io.sealpost.relay.deliver.DeliveryBench.GRANTED;
import static io.sealpost.relay.deliver.DeliveryBench.mail;
import static io.sealpost.relay.deliver.DeliveryBench.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.queue.MailOptions;
import io.sealpost.relay.deliver.DeliveryOutcome.Bounced;
import io.sealpost.relay.deliver.DeliveryOutcome.Deferred;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a host does wherever: every recipient has an end in bounded time, and only a clear permanent answer is one for good. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class StageFaultsTest {
    private static final List<String> STEPS =
            List.of("greeting", "EHLO", "STARTTLS", "MAIL", "RCPT", "DATA", "end of data");
    private static final SSLContext TLS = TestTls.worthless();

    /** Those whose end is a time-out. */
    private static final List<String> SLOW = List.of("stall", "one byte at a time");

    private static SmtpDelivery patient;
    private static SmtpDelivery hasty;

    @BeforeAll
    static void start() {
        patient = DeliveryBench.delivery(Duration.ofSeconds(5));
        hasty = DeliveryBench.delivery(Duration.ofMillis(120));
    }

    @AfterAll
    static void stop() {
        patient.close();
        hasty.close();
    }

    private static Map<String, TestMx.Act> faults() {
        Map<String, TestMx.Act> faults = new LinkedHashMap<>();
        faults.put("421", TestMx.replyAndDrop("421 4.3.2 closing"));
        faults.put("4xx", TestMx.reply("451 4.3.0 later"));
        faults.put("5xx", TestMx.reply("550 5.7.1 no"));
        faults.put("drop", TestMx.drop());
        faults.put("garbage", TestMx.raw("\u0000\u0001 HTTP/1.1 400 Bad Request\r\n\r\n"));
        faults.put("endless lines", TestMx.endless("250-and another one\r\n"));
        faults.put("endless line", TestMx.endless("250 a very long line "));
        faults.put("half a reply", TestMx.replyAndDrop("250-half"));
        faults.put("two codes", TestMx.raw("250-yes\r\n550 no\r\n"));
        faults.put("stall", TestMx.stall());
        faults.put("one byte at a time", TestMx.drip("2", 20));
        faults.put("unexpected success", TestMx.reply("299 done"));
        return faults;
    }

    static Stream<Arguments> stepsAndFaults() {
        return STEPS.stream()
                .flatMap(step -> faults().keySet().stream()
                        .flatMap(fault -> Stream.of("PIPELINING", "HELP").map(how -> Arguments.of(step, fault, how))));
    }

    @ParameterizedTest(name = "{0}: {1} ({2})")
    @MethodSource("stepsAndFaults")
    void everyFaultAtEveryStepEndsAsItShould(String step, String fault, String keyword) throws IOException {
        try (TestMx mx = new TestMx().announcing(keyword, "8BITMIME").withTls(TLS)) {
            mx.on(step, faults().get(fault));
            SmtpDelivery delivery = SLOW.contains(fault) ? hasty : patient;
            List<AttemptResult> results = delivery.attempt(mail("a@x.test", "b@x.test"), route(mx), GRANTED);
            assertThat(results)
                    .hasSize(2)
                    .allSatisfy(result -> assertThat(result.outcome()).isInstanceOf(expected(step, fault)));
            boolean delivered = expected(step, fault) == DeliveryOutcome.Delivered.class;
            if (!step.equals("end of data")) {
                // A host that says 354 to no recipient gets a lone dot, which is no mail.
                assertThat(mx.mails.stream().filter(mail -> mail.content().length > 0))
                        .hasSize(delivered ? 1 : 0);
            }
        }
    }

    private static Class<? extends DeliveryOutcome> expected(String step, String fault) {
        boolean beforeMail = List.of("greeting", "EHLO", "STARTTLS").contains(step);
        if (step.equals("STARTTLS") && !fault.equals("421")) {
            return goesOnInClear(fault) ? DeliveryOutcome.Delivered.class : Deferred.class;
        }
        if (fault.equals("5xx")) {
            // A host that knows no EHLO is greeted with HELO.
            return step.equals("EHLO") ? DeliveryOutcome.Delivered.class : beforeMail ? Deferred.class : Bounced.class;
        }
        // Any 2xx will do where one was expected, but not for 220 and 354.
        boolean anySuccess = List.of("EHLO", "MAIL", "RCPT", "end of data").contains(step);
        return fault.equals("unexpected success") && anySuccess ? DeliveryOutcome.Delivered.class : Deferred.class;
    }

    private static boolean goesOnInClear(String fault) {
        return List.of("4xx", "5xx", "unexpected success").contains(fault);
    }

    @Test
    void aHostThatStopsReadingIsCutOff() throws IOException {
        try (TestMx mx = new TestMx()) {
            mx.on("DATA", session -> {
                session.say("354 go ahead\r\n");
                return session.hang();
            });
            byte[] big = new byte[20_000_000];
            for (int i = 0; i < big.length; i++) {
                big[i] = (byte) (i % 70 == 68 ? '\r' : i % 70 == 69 ? '\n' : 'x');
            }
            big[big.length - 2] = '\r';
            big[big.length - 1] = '\n';
            byte[] fit = Arrays.copyOf(big, big.length / 70 * 70);
            AttemptResult result = hasty.attempt(mail(fit, MailOptions.NONE), route(mx), GRANTED)
                    .get(0);
            assertThat(result.outcome()).isInstanceOf(Deferred.class);
            assertThat(result.outcome().reply().text()).contains("timed out", "while sending the message");
        }
    }
}
