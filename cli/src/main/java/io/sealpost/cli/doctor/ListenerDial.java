package io.sealpost.cli.doctor;

import io.sealpost.cli.config.Settings.Listener;
import io.sealpost.mail.ForeignText;
import io.sealpost.relay.deliver.TlsClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** Connects to a listener of ours as a client would, up to the end of the TLS handshake, and says QUIT. */
public final class ListenerDial {
    private static final int PATIENCE = Math.toIntExact(Duration.ofSeconds(5).toMillis());

    /** Whether the certificate is right another check says. */
    private static final TlsClient ANY_CERTIFICATE = new TlsClient();

    private ListenerDial() {}

    /**
     * What a client saw.
     *
     * @param greeting the first reply
     * @param tls version of TLS
     * @param certificate the host's own
     */
    public record Answered(String greeting, String tls, X509Certificate certificate) {}

    /**
     * Greeting and handshake.
     *
     * @param hostname sent as SNI
     * @throws IOException when nobody listens, or what does is no such listener
     */
    public static Answered dial(Listener listener, String hostname) throws IOException {
        try (Socket socket = connect(listener.address())) {
            socket.setSoTimeout(PATIENCE);
            if (listener.tls() == Listener.TlsMode.IMPLICIT) {
                SSLSocket secured = ANY_CERTIFICATE.handshake(socket, hostname);
                return answered(reply(reader(secured), "220"), secured);
            }
            BufferedReader plain = reader(socket);
            String greeting = reply(plain, "220");
            say(socket, "EHLO doctor.invalid");
            reply(plain, "250");
            say(socket, "STARTTLS");
            reply(plain, "220");
            return answered(greeting, ANY_CERTIFICATE.handshake(socket, hostname));
        }
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        IOException last = null;
        for (InetAddress target : targets(address.getAddress())) {
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                socket.connect(new InetSocketAddress(target, address.getPort()), PATIENCE);
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }

    /** The wildcard of IPv6 takes IPv4 too, which may be all that this machine has. */
    private static List<InetAddress> targets(InetAddress address) throws IOException {
        if (!address.isAnyLocalAddress()) {
            return List.of(address);
        }
        InetAddress v4 = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetAddress v6 = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        return address instanceof Inet6Address ? List.of(v6, v4) : List.of(v4);
    }

    private static Answered answered(String greeting, SSLSocket secured) throws IOException {
        say(secured, "QUIT");
        X509Certificate certificate = (X509Certificate) secured.getSession().getPeerCertificates()[0];
        return new Answered(greeting, secured.getSession().getProtocol(), certificate);
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** The last line of a reply with that code. */
    private static String reply(BufferedReader in, String code) throws IOException {
        while (true) {
            String line = in.readLine();
            if (line == null || !line.startsWith(code)) {
                throw new IOException(
                        line == null ? "the connection was closed" : "it said " + ForeignText.escape(line));
            }
            if (!line.startsWith(code + "-")) {
                return line;
            }
        }
    }
}
