package io.sealpost.cli;

import io.sealpost.cli.config.Settings.Listener;
import io.sealpost.mail.ForeignText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Asks a listener of this machine for its greeting, as a client would. Not thread-safe. */
final class ListenerProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_GREETING = 512; // RFC 5321 §4.5.3.1.5

    private final SSLContext tls;

    ListenerProbe() {
        try {
            tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {new AnyCertificate()}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    /** One plain sentence when it does not greet with 220; empty when it does. */
    Optional<String> faultOf(Listener listener) {
        InetSocketAddress where = listener.address();
        InetAddress host =
                where.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : where.getAddress();
        String place = listener.name() + " (" + host.getHostAddress() + ":" + where.getPort() + ")";
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, where.getPort()), (int) PATIENCE.toMillis());
            plain.setSoTimeout((int) PATIENCE.toMillis());
            String greeting = listener.tls() == Listener.TlsMode.IMPLICIT ? secured(plain) : greeting(plain);
            return greeting.startsWith("220")
                    ? Optional.empty()
                    : Optional.of(place + " says " + ForeignText.escape(greeting));
        } catch (IOException e) {
            return Optional.of(place + " does not greet: " + ForeignText.escape(String.valueOf(e.getMessage())));
        }
    }

    private String secured(Socket plain) throws IOException {
        try (Socket secured = tls.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true)) {
            return greeting(secured);
        }
    }

    private static String greeting(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        int character = socket.getInputStream().read();
        while (character >= 0 && character != '\n' && line.length() < LONGEST_GREETING) {
            line.append((char) character);
            character = socket.getInputStream().read();
        }
        if (character < 0 && line.isEmpty()) {
            throw new IOException("it closed the connection");
        }
        socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        return line.toString().strip();
    }

    /** Whether somebody greets is asked, not who: the certificate is often self-signed, and never made for localhost. */
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
