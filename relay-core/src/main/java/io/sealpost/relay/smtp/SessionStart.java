package io.sealpost.relay.smtp;

import io.sealpost.relay.smtp.ProxyHeader.Local;
import io.sealpost.relay.smtp.ProxyHeader.Nothing;
import io.sealpost.relay.smtp.ProxyHeader.Proxied;
import java.io.IOException;
import org.subethamail.smtp.server.SessionHandler.SessionAcceptance;

/** The first things in a session's own thread: who a balancer says is there, implicit TLS, and whether there is room for one more. */
final class SessionStart {
    private final SmtpSession session;
    private final ClientConnection connection;
    private final ListenerContext context;

    SessionStart(SmtpSession session) {
        this.session = session;
        this.connection = session.connection();
        this.context = session.context();
    }

    SessionAcceptance admit() {
        if (!proxyHeaderIsFine()) {
            connection.cut();
            return SessionAcceptance.failure(421, "4.7.0 No PROXY header");
        }
        session.log().connected();
        if (context.listener().tls() == TlsMode.IMPLICIT && !session.startTls()) {
            return SessionAcceptance.failure(421, "4.7.0 TLS handshake failed");
        }
        if (context.isDraining() || !context.hasPlace(session)) {
            return sentAway("4.3.2 " + session.service().hostname() + " Too busy; try again later");
        }
        if (!context.sessions().takeAddress(session)) {
            return sentAway("4.7.0 " + session.service().hostname() + " Too many connections from your address");
        }
        return SessionAcceptance.success();
    }

    private SessionAcceptance sentAway(String sentence) {
        connection.hangUp();
        return SessionAcceptance.failure(421, sentence);
    }

    /** Only the networks of the settings are believed, and from them the header must come. */
    private boolean proxyHeaderIsFine() {
        boolean balancer = context.listener().proxyFrom().stream()
                .anyMatch(network -> network.contains(connection.getInetAddress()));
        if (!balancer) {
            return true;
        }
        try {
            ProxyHeader header = connection.readProxyHeader();
            if (header instanceof Proxied proxied) {
                connection.standsFor(proxied.client());
                session.connectedFrom(connection.getInetAddress());
                return true;
            }
            session.log().quiet(); // A balancer's look at us, every second or so.
            if (header instanceof Local) {
                return true;
            }
            if (!(header instanceof Nothing)) {
                session.log().noProxyHeader();
            }
        } catch (IOException e) {
            session.log().quiet();
            session.log().noProxyHeader();
        }
        return false;
    }
}
