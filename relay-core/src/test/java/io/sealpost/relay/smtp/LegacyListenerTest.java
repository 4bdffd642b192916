package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.account.limit.SendingLimits;
import io.sealpost.fixtures.MovableClock;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.smtp.LegacyRules.ClearText;
import io.sealpost.relay.smtp.LegacyRules.Logins;
import io.sealpost.relay.smtp.tls.CertificateFiles;
import io.sealpost.relay.smtp.tls.CertificateSource;
import io.sealpost.relay.smtp.tls.OldClient;
import io.sealpost.relay.smtp.tls.ServerTls;
import io.sealpost.relay.smtp.tls.TestCertificate;
import io.sealpost.relay.smtp.tls.TlsKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener for old devices beside a modern one, in one process; on the JDK's TLS nothing changes. */
class LegacyListenerTest {
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 12, 31);
    private static final String WEAK = "TLS_RSA_WITH_AES_128_CBC_SHA";

    private static TestCertificate ec;
    private static TestCertificate rsa;

    private final MovableClock clock = MovableClock.at("2026-12-30T12:00:00Z");
    private final FakeAccounts accounts = new FakeAccounts();
    private final RecordingSubmissions submissions = new RecordingSubmissions();
    private SmtpListeners listeners;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeKeys() {
        ec = TestCertificate.ec();
        rsa = TestCertificate.rsa();
    }

    @BeforeEach
    void listen() {
        List<CertificateFiles> pairs = List.of(ec.writeTo(directory, "ec"), rsa.writeTo(directory, "rsa"));
        ServerTls tls = new ServerTls(
                new CertificateSource(MailDomain.parse("relay.example"), pairs).read(), EnumSet.allOf(TlsKind.class));
        listeners = new SmtpListeners(
                List.of(
                        listener("modern", TlsMode.STARTTLS, Optional.empty()),
                        listener("old", TlsMode.STARTTLS, rules(ClearText.REFUSED, Logins.ANY)),
                        listener("old-implicit", TlsMode.IMPLICIT, rules(ClearText.REFUSED, Logins.ANY)),
                        listener("clear", TlsMode.STARTTLS, rules(ClearText.TAKEN, Logins.ANY)),
                        listener("bound", TlsMode.STARTTLS, rules(ClearText.REFUSED, Logins.BOUND))),
                new SmtpService(
                        MailDomain.parse("relay.example"),
                        SmtpLimits.DEFAULTS,
                        directory.resolve("spool"),
                        tls,
                        accounts,
                        SendingLimits.NONE,
                        submissions),
                clock);
        listeners.start();
    }

    @AfterEach
    void close() {
        listeners.close();
    }

    private static ListenerSettings listener(String name, TlsMode mode, Optional<LegacyRules> legacy) {
        return new ListenerSettings(
                name,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                mode,
                LineRules.USUAL,
                List.of(),
                legacy);
    }

    private static Optional<LegacyRules> rules(ClearText clearText, Logins logins) {
        return Optional.of(new LegacyRules(LAST_DAY, clearText, logins));
    }

    private TestClient connect(String name) throws IOException {
        return TestClient.connect(listeners.addresses().get(name));
    }

    private TestClient secured(String name, SSLContext context, String version) throws IOException {
        TestClient client = connect(name);
        client.reply();
        client.ask("EHLO copier");
        assertThat(client.ask("STARTTLS")).startsWith("220");
        client.handshake(context, version);
        return client;
    }

    private static String login(TestClient client) throws IOException {
        client.ask("EHLO copier");
        return client.ask("AUTH PLAIN " + TestClient.plain(TestClient.LOGIN, TestClient.PASSWORD));
    }

    @Test
    void oldTlsIsSpokenThereAndNowhereElse() throws IOException {
        for (String version : List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")) {
            try (TestClient client = secured("old", OldClient.context(), version)) {
                assertThat(((SSLSocket) client.socket()).getSession().getProtocol())
                        .isEqualTo(version);
                assertThat(login(client)).startsWith("235");
            }
        }
        for (String version : List.of("TLSv1", "TLSv1.1")) {
            assertThatThrownBy(() -> secured("modern", OldClient.context(), version))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("protocol_version");
        }
    }

    @Test
    void aDeviceThatKnowsRsaOnlyIsServedThereAndNowhereElse() throws IOException {
        try (TestClient client = connect("old-implicit")) {
            weakHandshake(client);
            assertThat(client.reply()).startsWith("220");
            assertThat(((SSLSocket) client.socket()).getSession().getCipherSuite())
                    .isEqualTo(WEAK);
        }
        try (TestClient client = connect("modern")) {
            client.reply();
            client.ask("EHLO copier");
            client.ask("STARTTLS");
            assertThatThrownBy(() -> weakHandshake(client)).hasMessageContaining("handshake_failure");
        }
    }

    private static void weakHandshake(TestClient client) throws IOException {
        client.handshakeWith(OldClient.context(), socket -> {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {WEAK});
        });
    }

    @Test
    void theRestOfTheProcessIsAsStrictAsBefore() throws Exception {
        assertThat(SSLContext.getDefault().getDefaultSSLParameters().getProtocols())
                .containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(Security.getProperty("jdk.tls.disabledAlgorithms")).contains("TLSv1,", "TLSv1.1,");
        assertThat(Stream.of(Security.getProviders()).map(Provider::getName)).noneMatch(name -> name.startsWith("BC"));
        try (TestClient client = connect("old")) {
            client.reply();
            client.ask("EHLO us");
            client.ask("STARTTLS");
            assertThatThrownBy(() -> client.handshake("TLSv1"))
                    .as("the JDK's own client, asked for it")
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void aMailOverOldTlsSaysSo() throws IOException {
        try (TestClient client = secured("old", OldClient.context(), "TLSv1")) {
            login(client);
            send(client);
        }
        assertThat(submissions.all().get(0).client().tls())
                .hasValueSatisfying(tls -> assertThat(tls).startsWith("TLSv1 "));
    }

    private static void send(TestClient client) throws IOException {
        client.ask("MAIL FROM:<" + TestClient.LOGIN + ">");
        client.ask("RCPT TO:<somebody@remote.example>");
        client.ask("DATA");
        assertThat(client.ask("From: <" + TestClient.LOGIN + ">\r\n\r\nscan\r\n."))
                .startsWith("250");
    }

    @Test
    void clearTextIsTakenWhereTheListenerSaysSo() throws IOException {
        try (TestClient client = connect("clear")) {
            client.reply();
            assertThat(client.ask("EHLO copier")).contains("STARTTLS").contains("AUTH PLAIN LOGIN");
            assertThat(login(client)).startsWith("235");
            send(client);
        }
        assertThat(submissions.all().get(0).client().protocol()).isEqualTo("ESMTPA");
        for (String other : List.of("modern", "old", "bound")) {
            try (TestClient client = connect(other)) {
                client.reply();
                assertThat(client.ask("EHLO copier")).doesNotContain("AUTH");
                assertThat(login(client)).startsWith("538");
            }
        }
    }

    @Test
    void aCredentialThatIsNotBoundToItDoesNotLogIn() throws IOException {
        try (TestClient client = secured("bound", OldClient.context(), "TLSv1")) {
            assertThat(login(client)).startsWith("535");
            accounts.bindTo("other");
            assertThat(login(client)).startsWith("535");
            accounts.bindTo("bound");
            assertThat(login(client)).startsWith("235");
        }
    }

    @Test
    void itsLimitsAreLow() throws IOException {
        try (TestClient client = secured("old", OldClient.context(), "TLSv1.2")) {
            assertThat(client.ask("EHLO copier")).contains("SIZE 26214400");
        }
        try (TestClient client = connect("modern").secured()) {
            assertThat(client.ask("EHLO copier")).contains("SIZE 52428800");
        }
    }

    @Test
    void behindItsLastDayItIsClosedAndItsSessionsEndBehindTheirMail() throws IOException {
        try (TestClient idle = secured("old", OldClient.context(), "TLSv1");
                TestClient busy = secured("old", OldClient.context(), "TLSv1");
                TestClient modern = connect("modern").secured()) {
            login(busy);
            busy.ask("MAIL FROM:<" + TestClient.LOGIN + ">");
            InetSocketAddress address = listeners.addresses().get("old");
            clock.advance(Duration.ofHours(35));
            assertThat(listeners.addresses()).as("its last hour").containsKey("old");
            clock.advance(Duration.ofHours(1));
            Awaitility.await().until(() -> !listeners.addresses().containsKey("old"));
            assertThat(idle.reply()).startsWith("421 4.3.2");
            busy.ask("RCPT TO:<somebody@remote.example>");
            busy.ask("DATA");
            assertThat(busy.ask("From: <" + TestClient.LOGIN + ">\r\n\r\nscan\r\n."))
                    .startsWith("250");
            assertThat(busy.reply()).startsWith("421 4.3.2");
            assertThatThrownBy(() -> TestClient.connect(address)).isInstanceOf(ConnectException.class);
            assertThat(login(modern)).startsWith("235");
            assertThat(listeners.addresses()).containsOnlyKeys("modern");
        }
    }

    @Test
    void behindItsLastDayItDoesNotOpen() {
        listeners.close();
        clock.advance(Duration.ofDays(2));
        listen();
        assertThat(listeners.addresses()).containsOnlyKeys("modern");
    }
}
