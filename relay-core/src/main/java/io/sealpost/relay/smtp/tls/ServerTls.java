package io.sealpost.relay.smtp.tls;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
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

    private final Map<TlsKind, TlsEngine> engines;
    private volatile Served served;

    private record Served(TlsIdentity identity, Map<TlsKind, Side> sides) {}

    private record Side(SSLContext context, SSLParameters parameters) {}

    /**
     * For a server with these certificates and modern ports only.
     *
     * @throws CertificateFault when the JDK cannot use them
     */
    public ServerTls(TlsIdentity identity) {
        this(identity, Set.of(TlsKind.MODERN));
    }

    /**
     * For a server with these certificates and ports of these kinds; {@link TlsKind#LEGACY} loads Bouncy Castle's TLS.
     *
     * @throws CertificateFault when they cannot be used
     */
    public ServerTls(TlsIdentity identity, Set<TlsKind> kinds) {
        this.engines = new EnumMap<>(TlsKind.class);
        kinds.forEach(kind -> engines.put(
                kind,
                switch (kind) {
                    case MODERN -> TlsEngine.modern();
                    case LEGACY -> LegacyEngine.load();
                }));
        this.served = serve(identity);
    }

    private Served serve(TlsIdentity identity) {
        Map<TlsKind, Side> sides = new EnumMap<>(TlsKind.class);
        engines.forEach((kind, engine) -> {
            SSLContext context = engine.context(identity);
            context.getServerSessionContext().setSessionTimeout(Math.toIntExact(TICKET.toSeconds()));
            sides.put(kind, new Side(context, engine.parameters(context)));
        });
        return new Served(identity, sides);
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
    public SSLSocket over(Socket socket, TlsKind kind) throws IOException {
        Side now = served.sides().get(kind);
        SSLSocket secured = (SSLSocket) now.context()
                .getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        secured.setUseClientMode(false);
        secured.setSSLParameters(now.parameters());
        return secured;
    }
}
