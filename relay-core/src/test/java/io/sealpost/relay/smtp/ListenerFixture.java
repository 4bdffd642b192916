package io.sealpost.relay.smtp;

import io.sealpost.account.limit.SendingLimits;
import io.sealpost.mail.DataSize;
import io.sealpost.mail.IpNetwork;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.smtp.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Real listeners on loopback over fake accounts and a recorder: STARTTLS, implicit TLS, and one that refuses bare LF and long lines. */
final class ListenerFixture implements AutoCloseable {
    static final SmtpTimeouts TIMEOUTS = new SmtpTimeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10));
    static final SmtpLimits LIMITS = limits(new DataSize(4 << 20), 5, 100, new DataSize(64 << 20), TIMEOUTS);

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
                        listener("strict", TlsMode.STARTTLS, new LineRules(BareLf.REFUSE, LongLines.REFUSE)),
                        balanced("balanced", TlsMode.STARTTLS),
                        balanced("balanced-tls", TlsMode.IMPLICIT)),
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
        return limits(new DataSize(4 << 20), 5, 100, new DataSize(64 << 20), timeouts);
    }

    static SmtpLimits limits(
            DataSize message, int recipients, int connections, DataSize bodies, SmtpTimeouts timeouts) {
        return new SmtpLimits(
                new SmtpLimits.Message(message, recipients),
                new SmtpLimits.Session(2048, 12_288, 10, 3, 1000),
                new SmtpLimits.Connections(connections, connections, connections),
                new SmtpLimits.Bodies(bodies, new DataSize(1 << 20)),
                timeouts);
    }

    /** The usual ones, but for the connections in all, of an address and of an account. */
    static SmtpLimits connections(int all, int perAddress, int perAccount) {
        return new SmtpLimits(
                LIMITS.message(),
                LIMITS.session(),
                new SmtpLimits.Connections(all, perAddress, perAccount),
                LIMITS.bodies(),
                TIMEOUTS);
    }

    private static ListenerSettings balanced(String name, TlsMode tls) {
        return new ListenerSettings(
                name,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                tls,
                LineRules.USUAL,
                List.of(IpNetwork.parse("127.0.0.1")),
                Optional.empty());
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
