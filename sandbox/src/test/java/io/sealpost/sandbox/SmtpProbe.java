package io.sealpost.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The smallest SMTP client: says bytes, reads replies. */
final class SmtpProbe implements AutoCloseable {
    private Socket socket;
    private BufferedReader in;

    SmtpProbe(String host, int port) throws IOException {
        use(new Socket(host, port));
    }

    private void use(Socket next) throws IOException {
        next.setSoTimeout(10_000);
        socket = next;
        in = new BufferedReader(new InputStreamReader(next.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    /** Sends a line and returns the whole reply, its lines joined by {@code |}. */
    String say(String line) throws IOException {
        send(line + "\r\n");
        return reply();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        String line;
        do {
            line = in.readLine();
            reply.append(reply.isEmpty() ? "" : "|").append(line);
        } while (line != null && line.length() > 3 && line.charAt(3) == '-');
        return reply.toString();
    }

    /** Goes over to TLS, with this certificate as the only one to trust. */
    void encrypt(SelfSignedCertificate trusted, String hostname) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("only", trusted.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket encrypted =
                (SSLSocket) context.getSocketFactory().createSocket(socket, hostname, socket.getPort(), true);
        var parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        use(encrypted);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
