package io.sealpost.relay.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sealpost.fixtures.MovableClock;
import io.sealpost.mail.MailDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CertificateWatchTest {
    private static final MailDomain HOST = MailDomain.parse("relay.example");
    private static final Duration NEVER = Duration.ofHours(1);

    private final MovableClock clock = MovableClock.at(Instant.now());
    private final Logger log = (Logger) LoggerFactory.getLogger("sealpost.tls");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final TestCertificate old = TestCertificate.ec();

    @TempDir
    Path directory;

    private CertificateSource source;
    private ServerTls tls;
    private CertificateWatch watch;

    @BeforeEach
    void serve() {
        source = new CertificateSource(HOST, List.of(old.writeTo(directory, "pair")));
        tls = new ServerTls(source.read());
        watch = new CertificateWatch(tls, source, clock, NEVER);
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
        watch.close();
    }

    private boolean shows(TestCertificate one) throws IOException {
        return one.certificate()
                .equals(new org.bouncycastle.cert.X509CertificateHolder(
                        encoded(tls.identity().pairs().get(0))));
    }

    private static byte[] encoded(ServerCertificate pair) {
        try {
            return pair.certificate().getEncoded();
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aRenewedPairIsShownOnceItHasSettled() throws IOException {
        TestCertificate renewed = TestCertificate.ec();
        renewed.writeTo(directory, "pair");
        watch.look();
        assertThat(shows(old)).as("it may be half of a pair").isTrue();
        watch.look();
        assertThat(shows(renewed)).isTrue();
        assertThat(said()).singleElement().asString().startsWith("new sessions are shown the certificate in ");
    }

    @Test
    void itLooksByItself() {
        try (CertificateWatch quick = new CertificateWatch(tls, source, clock, Duration.ofMillis(20))) {
            quick.start();
            TestCertificate renewed = TestCertificate.ec();
            renewed.writeTo(directory, "pair");
            Awaitility.await().until(() -> shows(renewed));
        }
    }

    @Test
    void aKeyThatDoesNotFitIsSaidOnceAndTheOldGoesOn() throws IOException {
        Files.writeString(
                source.pairs().get(0).privateKey(),
                TestCertificate.pkcs8(TestCertificate.ec().keys().getPrivate()));
        lookOften();
        assertThat(shows(old)).isTrue();
        assertThat(said()).singleElement().asString().contains("the certificates of before go on", "is not that of");
    }

    @Test
    void aMissingFileIsSaidOnceAndTheOldGoesOn() throws IOException {
        Files.delete(source.pairs().get(0).certificate());
        lookOften();
        assertThat(shows(old)).isTrue();
        assertThat(said()).singleElement().asString().contains("cannot be read");
        TestCertificate renewed = TestCertificate.ec();
        renewed.writeTo(directory, "pair");
        lookOften();
        assertThat(shows(renewed)).as("a later one is taken").isTrue();
    }

    @Test
    void whatIsWorseThanWhatIsInUseIsNotTaken() throws IOException {
        Instant now = clock.instant();
        refused(
                TestCertificate.during(
                        new TestCertificate.Life(now.minusSeconds(99), now.minusSeconds(9)), "relay.example"),
                "ended on");
        refused(
                TestCertificate.during(
                        new TestCertificate.Life(now.plusSeconds(9), now.plusSeconds(99)), "relay.example"),
                "is not valid before");
        refused(TestCertificate.ec("other.example"), "is for [other.example], not for relay.example");
        TestCertificate authority = TestCertificate.authority();
        TestCertificate host = TestCertificate.ec().signedBy(authority, "relay.example");
        host.writeTo(directory, "pair", host, TestCertificate.rsa(), authority);
        lookOften();
        assertThat(said()).last().asString().contains("certificate 2 in", "did not sign the one before it");
        host.writeTo(directory, "pair", host, authority);
        lookOften();
        assertThat(shows(host)).isTrue();
    }

    private void refused(TestCertificate worse, String why) throws IOException {
        worse.writeTo(directory, "pair");
        lookOften();
        assertThat(shows(old)).isTrue();
        assertThat(said()).last().asString().contains(why);
        CertificateSource again = source;
        assertThatThrownBy(() -> watch.use(again))
                .isInstanceOf(CertificateFault.class)
                .hasMessageContaining(why);
    }

    @Test
    void anotherOfTheSameFaultIsTaken() throws IOException {
        TestCertificate.ec("other.example").writeTo(directory, "wrong");
        CertificateSource wrong = new CertificateSource(
                HOST, List.of(TestCertificate.ec("other.example").writeTo(directory, "wrong")));
        ServerTls misnamed = new ServerTls(wrong.read());
        try (CertificateWatch its = new CertificateWatch(misnamed, wrong, clock, NEVER)) {
            TestCertificate.ec("third.example").writeTo(directory, "wrong");
            its.look();
            its.look();
            assertThat(misnamed.identity().pairs().get(0).names()).containsExactly("third.example");
        }
    }

    @Test
    void anEndThatComesNearIsSaidOnceAStep() {
        watch.warn();
        assertThat(said()).as("a day of two is left").isEmpty();
        clock.advance(Duration.ofHours(12));
        watch.warn();
        watch.warn();
        assertThat(said()).singleElement().asString().contains("ends within 1 day, on ");
        clock.advance(Duration.ofHours(13));
        watch.warn();
        assertThat(said()).last().asString().contains(" ended on ");
    }

    private void lookOften() {
        for (int i = 0; i < 5; i++) {
            watch.look();
        }
    }
}
