package io.sealpost.relay.deliver;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Opportunistic TLS (RFC 7435): any certificate will do, since the alternative is no TLS at all. TLS 1.2 and 1.3; the host's name goes
 * along as SNI; sessions are resumed. Thread-safe.
 */
public final class TlsClient {
    private final SSLContext context;

    /** Makes a context of its own, with its own sessions to resume. */
    public TlsClient() {
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    /**
     * Does the handshake on a connected socket, which the result closes when it is closed.
     *
     * @param host sent as SNI
     * @throws IOException when the handshake fails or the time-out of the socket is over
     */
    public SSLSocket handshake(Socket connected, String host) throws IOException {
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(connected, host, connected.getPort(), true);
        secured.setUseClientMode(true);
        secured.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"}); // RFC 8996
        secured.startHandshake();
        return secured;
    }

    /** Extended, so that the JDK adds no check of its own. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
