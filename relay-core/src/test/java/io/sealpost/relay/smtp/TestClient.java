package io.sealpost.relay.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that sends what it is told, byte for byte, and reads whole replies. */
final class TestClient implements Closeable {
    static final String LOGIN = "anna@customer.example";
    static final String PASSWORD = "s3cret-Pa55word";
    private static final int PATIENCE_MILLIS = 10_000;

    private Socket socket;
    private InputStream in;

    private TestClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects and leaves the greeting to be read. */
    static TestClient connect(InetSocketAddress address) throws IOException {
        return new TestClient(new Socket(address.getAddress(), address.getPort()));
    }

    /** As {@link #connect}, from an address of one's own. */
    static TestClient connectFrom(InetAddress from, InetSocketAddress address) throws IOException {
        return new TestClient(new Socket(address.getAddress(), address.getPort(), from, 0));
    }

    static TestClient connectTls(InetSocketAddress address) throws IOException {
        TestClient client = connect(address);
        client.handshake("TLSv1.3", "TLSv1.2");
        return client;
    }

    void handshake(String... protocols) throws IOException {
        handshake(trustingContext(), protocols);
    }

    void handshake(SSLContext context, String... protocols) throws IOException {
        handshakeWith(context, tls -> tls.setEnabledProtocols(protocols));
    }

    void handshakeWith(SSLContext context, Consumer<SSLSocket> wishes) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        wishes.accept(tls);
        tls.startHandshake();
        socket = tls;
        in = new BufferedInputStream(tls.getInputStream());
    }

    private static SSLContext trustingContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAll()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads the greeting, then EHLO, STARTTLS, EHLO. */
    TestClient secured() throws IOException {
        reply();
        ask("EHLO client.example");
        ask("STARTTLS");
        handshake("TLSv1.3", "TLSv1.2");
        ask("EHLO client.example");
        return this;
    }

    /** {@link #secured} and logged in. */
    TestClient loggedIn() throws IOException {
        secured();
        String reply = ask("AUTH PLAIN " + plain(LOGIN, PASSWORD));
        if (!reply.startsWith("235")) {
            throw new IOException(reply);
        }
        return this;
    }

    /** Logged in, with a transaction that has one recipient and 354 said. */
    TestClient inData() throws IOException {
        loggedIn();
        ask("MAIL FROM:<" + LOGIN + ">");
        ask("RCPT TO:<bob@remote.example>");
        ask("DATA");
        return this;
    }

    static String plain(String name, String password) {
        return base64("\0" + name + "\0" + password);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    String ask(String line) throws IOException {
        send(line + "\r\n");
        return reply();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void sendByteByByte(String text) throws IOException {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            send(new byte[] {b});
        }
    }

    /** One whole reply, lines separated by \n. */
    String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            reply.append(line).append('\n');
            line = line();
        }
        return reply.append(line).toString();
    }

    /** One line of a reply, without its CRLF. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        while (b != '\n') {
            if (b < 0) {
                throw new EOFException("closed after: " + line);
            }
            line.write(b);
            b = in.read();
        }
        String text = line.toString(StandardCharsets.US_ASCII);
        if (!text.endsWith("\r")) {
            throw new IOException("a reply without CRLF: " + text);
        }
        return text.substring(0, text.length() - 1);
    }

    /** One packet's worth: what a single read gives. */
    String oneRead() throws IOException {
        byte[] bytes = new byte[65_536];
        int read = in.read(bytes);
        return new String(bytes, 0, Math.max(read, 0), StandardCharsets.US_ASCII);
    }

    /** Whether there is a reply to be read, now or within this time. */
    boolean isAnsweredWithin(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        in.mark(1);
        try {
            in.read();
            in.reset();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** Whether the server has closed, and said nothing more before. */
    boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
