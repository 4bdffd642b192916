package io.sealpost.relay.smtp;

import io.sealpost.account.limit.SendingLimits;
import io.sealpost.mail.DataSize;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.smtp.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Three real listeners on loopback over fake accounts and a recorder: STARTTLS, implicit TLS, and one that refuses bare LF and long lines. */
final class ListenerFixture implements AutoCloseable {
    static final SmtpTimeouts TIMEOUTS = new SmtpTimeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10));
    static final SmtpLimits LIMITS =
            new SmtpLimits(new DataSize(4 << 20), 5, 100, 10, 3, new DataSize(64 << 20), TIMEOUTS);

    final FakeAccounts accounts = new FakeAccounts();
    final RecordingSubmissions submissions = new RecordingSubmissions();
    final SmtpListeners listeners;

    private final Path directory;

    private ListenerFixture(Path directory, SmtpLimits limits) throws IOException {
        this.directory = directory;
        this.listeners = new SmtpListeners(
                List.of(
                        listener("submission", TlsMode.STARTTLS, LineRules.USUAL),
                        listener("submissions", TlsMode.IMPLICIT, LineRules.USUAL),
                        listener("strict", TlsMode.STARTTLS, new LineRules(BareLf.REFUSE, LongLines.REFUSE))),
                service(limits, TestCertificate.ec()),
                Clock.systemUTC());
        listeners.start();
    }

    /** What sessions begin with. */
    SmtpService service(SmtpLimits limits, TestCertificate certificate) throws IOException {
        return new SmtpService(
                MailDomain.parse("relay.example"),
                limits,
                directory.resolve("spool"),
                certificate.serve(directory),
                accounts,
                SendingLimits.NONE,
                submissions);
    }

    static ListenerFixture start(Path directory) throws IOException {
        return new ListenerFixture(directory, LIMITS);
    }

    static ListenerFixture start(Path directory, SmtpLimits limits) throws IOException {
        return new ListenerFixture(directory, limits);
    }

    static SmtpLimits limits(SmtpTimeouts timeouts) {
        return new SmtpLimits(new DataSize(4 << 20), 5, 100, 10, 3, new DataSize(64 << 20), timeouts);
    }

    private static ListenerSettings listener(String name, TlsMode tls, LineRules lines) {
        return new ListenerSettings(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls, lines);
    }

    InetSocketAddress address(String name) {
        return listeners.addresses().get(name);
    }

    TestClient connect() throws IOException {
        return TestClient.connect(address("submission"));
    }

    @Override
    public void close() {
        listeners.close();
    }
}
