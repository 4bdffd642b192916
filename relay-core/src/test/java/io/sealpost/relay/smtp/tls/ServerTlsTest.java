package io.sealpost.relay.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.fixtures.TrustAll;
import io.sealpost.mail.MailDomain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes with the JDK's client. */
class ServerTlsTest {
    private static TestCertificate ec;
    private static TestCertificate rsa;
    private static TestCertificate reseller;

    private final ExecutorService server = Executors.newSingleThreadExecutor();
    private ServerSocket listening; // One port for all of a test: by it a client remembers its sessions.

    @TempDir
    Path directory;

    @BeforeAll
    static void makeKeys() {
        ec = TestCertificate.ec();
        rsa = TestCertificate.rsa();
        reseller = TestCertificate.rsa("smtp.reseller.example");
    }

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        listening.close();
        server.shutdownNow();
    }

    @Test
    void aClientIsShownTheCertificateOfTheNameItAskedFor() throws Exception {
        ServerTls tls = server(ec, rsa, reseller);
        for (String version : List.of("TLSv1.3", "TLSv1.2")) {
            assertThat(shown(tls, TrustAll.context(), "smtp.reseller.example", version))
                    .isEqualTo(certificate(reseller));
            assertThat(shown(tls, TrustAll.context(), "relay.example", version)).isEqualTo(certificate(ec));
            assertThat(shown(tls, TrustAll.context(), "", version)).isEqualTo(certificate(ec));
        }
    }

    @Test
    void aClientOfRsaOnlyIsServedBesideOneOfEcdsa() throws Exception {
        ServerTls tls = server(ec, rsa);
        SSLSession session = session(tls, TrustAll.context(), "relay.example", socket -> {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
        });
        assertThat(session.getPeerCertificates()[0]).isEqualTo(certificate(rsa));
    }

    @Test
    void theServersOrderOfSuitesCounts() throws Exception {
        SSLSession session = session(server(ec), TrustAll.context(), "relay.example", socket -> {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
            });
        });
        assertThat(session.getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    }

    @Test
    void aSessionIsTakenUpByItsTicketUntilTheCertificateChanges() throws Exception {
        for (String version : List.of("TLSv1.3", "TLSv1.2")) {
            ServerTls tls = server(ec);
            SSLContext client = TrustAll.context();
            long first = begun(tls, client, version);
            assertThat(begun(tls, client, version)).as("taken up, %s", version).isEqualTo(first);
            TestCertificate renewed = TestCertificate.ec();
            tls.use(server(renewed).identity());
            assertThat(shown(tls, client, "relay.example", version)).isEqualTo(certificate(renewed));
        }
    }

    @Test
    void whatIsOldOrWeakIsRefused() {
        ServerTls tls = server(ec, rsa);
        assertThatThrownBy(() -> session(tls, TrustAll.context(), "relay.example", socket -> {
                    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                    socket.setEnabledCipherSuites(
                            new String[] {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
                            });
                }))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("handshake_failure");
    }

    private ServerTls server(TestCertificate... certificates) {
        List<CertificateFiles> pairs = IntStream.range(0, certificates.length)
                .mapToObj(i -> certificates[i].writeTo(directory, "pair" + i))
                .toList();
        return new ServerTls(new CertificateSource(MailDomain.parse("relay.example"), pairs).read());
    }

    private static X509Certificate certificate(TestCertificate made) throws Exception {
        return new JcaX509CertificateConverter().getCertificate(made.certificate());
    }

    private Certificate shown(ServerTls tls, SSLContext client, String name, String version) throws Exception {
        return session(tls, client, name, socket -> socket.setEnabledProtocols(new String[] {version}))
                .getPeerCertificates()[0];
    }

    /** A session that is taken up has the time of the one that was begun. */
    private long begun(ServerTls tls, SSLContext client, String version) throws Exception {
        return session(tls, client, "relay.example", socket -> socket.setEnabledProtocols(new String[] {version}))
                .getCreationTime();
    }

    /** How a client is set before it shakes hands. */
    private interface Wish {
        void on(SSLSocket socket);
    }

    private SSLSession session(ServerTls tls, SSLContext client, String name, Wish wish) throws Exception {
        Future<?> serving = server.submit(() -> serve(tls));
        Socket connected = new Socket(listening.getInetAddress(), listening.getLocalPort());
        try (SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket(connected, "server", connected.getPort(), true)) {
            socket.setSoTimeout(10_000);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            wish.on(socket);
            socket.startHandshake();
            assertThat(socket.getInputStream().read()).isEqualTo('!'); // Behind it the tickets of 1.3 have come.
            return socket.getSession();
        } finally {
            serving.get();
        }
    }

    private Void serve(ServerTls tls) throws IOException {
        try (SSLSocket socket = tls.over(listening.accept(), TlsKind.MODERN)) {
            socket.startHandshake();
            socket.getOutputStream().write('!');
            socket.getInputStream().read();
        } catch (SSLException refused) {
            // The client tells.
        }
        return null;
    }
}
