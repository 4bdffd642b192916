package io.sealpost.relay.smtp.tls;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The server's side of TLS. The certificates can be changed while it serves: handshakes from then on show the new ones, sessions that
 * are open go on. Thread-safe.
 */
public final class ServerTls {
    /** How long a session ticket is taken (RFC 9325 §3.4 asks for less than a week); its key lives as long. */
    private static final Duration TICKET = Duration.ofHours(12);

    private final TlsEngine engine;
    private volatile Served served;

    private record Served(TlsIdentity identity, SSLContext context, SSLParameters parameters) {}

    /**
     * For a server with these certificates.
     *
     * @throws CertificateFault when the JDK cannot use them
     */
    public ServerTls(TlsIdentity identity) {
        this.engine = TlsEngine.modern();
        this.served = serve(identity);
    }

    private Served serve(TlsIdentity identity) {
        SSLContext context = engine.context(identity);
        context.getServerSessionContext().setSessionTimeout(Math.toIntExact(TICKET.toSeconds()));
        return new Served(identity, context, engine.parameters(context));
    }

    /** From the next handshake on. Tickets of before are taken no more, since they would bring back the old certificate's session. */
    public void use(TlsIdentity changed) {
        served = serve(changed);
    }

    /** What is shown now. */
    public TlsIdentity identity() {
        return served.identity();
    }

    /** The server's side of TLS over a connected socket, which it closes with itself; no handshake yet, and no look-up of a name. */
    public SSLSocket over(Socket socket) throws IOException {
        Served now = served;
        SSLSocket secured = (SSLSocket) now.context()
                .getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        secured.setUseClientMode(false);
        secured.setSSLParameters(now.parameters());
        return secured;
    }
}
