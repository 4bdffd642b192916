package io.sealpost.relay.deliver;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.RemoteReply;
import io.sealpost.relay.route.PrivateAddresses;
import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a connection to an address and brings it to where MAIL may follow: greeting, EHLO, STARTTLS where it is offered, the same host
 * again in clear where TLS itself fails. Thread-safe.
 */
final class ConnectionOpener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionOpener.class);

    private final String heloName;
    private final DeliveryTimeouts timeouts;
    private final PrivateAddresses permitted;
    private final Deadlines deadlines;
    private final TlsClient tls = new TlsClient();

    ConnectionOpener(String heloName, DeliveryTimeouts timeouts, PrivateAddresses permitted, Deadlines deadlines) {
        this.heloName = heloName;
        this.timeouts = timeouts;
        this.permitted = permitted;
        this.deadlines = deadlines;
    }

    /** Throws {@link BrokenConversation} for whatever the host does or does not do. */
    SmtpConnection open(Peer peer) throws BrokenConversation {
        try {
            return greeted(peer, TlsUse.WHERE_OFFERED);
        } catch (TlsFailed e) {
            LOG.info("{}: TLS failed, trying again in clear: {}", peer.shown(), ForeignText.escape(e.getMessage()));
            return greeted(peer, TlsUse.NONE);
        }
    }

    private SmtpConnection greeted(Peer peer, TlsUse use) throws BrokenConversation {
        SmtpConnection connection = connected(peer);
        try {
            greet(connection);
            hello(connection);
            if (use == TlsUse.WHERE_OFFERED && connection.capabilities().startTls()) {
                startTls(connection);
            }
            return connection;
        } catch (BrokenConversation | RuntimeException e) {
            connection.quit();
            throw e;
        }
    }

    private SmtpConnection connected(Peer peer) throws BrokenConversation {
        // The router has sorted such addresses out; whatever route brings one here, no connection is opened to it.
        if (!permitted.permits(peer.address().getAddress())) {
            throw BrokenConversation.ownWords(peer, Stage.CONNECT, "4.4.0", peer.shown() + " is a private address");
        }
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(peer.address(), Math.toIntExact(timeouts.connect().toMillis()));
            return new SmtpConnection(peer, socket, deadlines, timeouts);
        } catch (IOException e) {
            close(socket);
            String why = e instanceof SocketTimeoutException ? "connection timed out" : e.getMessage();
            throw BrokenConversation.ownWords(peer, Stage.CONNECT, "4.4.1", "connect to " + peer.shown() + ": " + why);
        }
    }

    private static void greet(SmtpConnection connection) throws BrokenConversation {
        RemoteReply greeting = connection.read(Stage.GREETING);
        if (greeting.code() != 220) {
            throw new BrokenConversation(Stage.GREETING, greeting);
        }
    }

    /** EHLO, and HELO for hosts that do not know it (RFC 5321 §3.2). */
    private void hello(SmtpConnection connection) throws BrokenConversation {
        connection.write(Stage.EHLO, "EHLO " + heloName + "\r\n");
        ServerReply ehlo = connection.readRaw(Stage.EHLO);
        if (ehlo.isPositive()) {
            connection.learn(Capabilities.of(ehlo));
            return;
        }
        if (ehlo.code() < 500) {
            throw new BrokenConversation(Stage.EHLO, ehlo.from(connection.peer(), Stage.EHLO));
        }
        connection.write(Stage.EHLO, "HELO " + heloName + "\r\n");
        RemoteReply helo = connection.read(Stage.EHLO);
        if (!helo.isPositive()) {
            throw new BrokenConversation(Stage.EHLO, helo);
        }
    }

    private void startTls(SmtpConnection connection) throws BrokenConversation {
        connection.write(Stage.STARTTLS, "STARTTLS\r\n");
        if (connection.readRaw(Stage.STARTTLS).code() != 220) {
            return; // Not now (454): the session goes on in clear.
        }
        try {
            connection.secure(tls);
            hello(connection); // TLS 1.3 may break only at the first byte read.
        } catch (BrokenConversation e) {
            throw e.reply().code() == 0 ? tlsFailed(connection, e.getMessage()) : e;
        } catch (IOException e) {
            throw tlsFailed(connection, e.getMessage());
        }
    }

    private static TlsFailed tlsFailed(SmtpConnection connection, String why) {
        connection.close(); // No QUIT into a broken TLS session.
        return new TlsFailed(RemoteReply.ownWords(
                connection.peer().shown(),
                Stage.STARTTLS.command(),
                EnhancedStatus.of("4.7.5"),
                "TLS handshake failed: " + why));
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It never was open.
        }
    }

    private enum TlsUse {
        WHERE_OFFERED,
        NONE
    }
}
