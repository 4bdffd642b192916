package io.sealpost.relay.smtp;

import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.LoginResult;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.ForeignText;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The session's lines in the log, in the shape of Postfix's smtpd, which the usual tools read. The client is {@code unknown[address]}:
 * names are not looked up. What clients say is escaped; what they log in with is never here.
 */
final class SessionLog {
    private static final Logger LOG = LoggerFactory.getLogger("sealpost.smtpd");

    private final String client;
    private Level routine = Level.INFO;

    SessionLog(InetAddress address) {
        this.client = "unknown[" + address.getHostAddress() + "]";
    }

    /** From now on coming and going are told at debug only. */
    void quiet() {
        routine = Level.DEBUG;
    }

    void connected() {
        LOG.atLevel(routine).log("connect from {}", client);
    }

    void disconnected() {
        LOG.atLevel(routine).log("disconnect from {}", client);
    }

    /** A balancer that does not say who is there. */
    void noProxyHeader() {
        LOG.warn("{} sent no PROXY header; closed", client);
    }

    void lost(String where) {
        LOG.atLevel(routine).log("lost connection after {} from {}", ForeignText.escape(where), client);
    }

    void timedOut(String where) {
        LOG.info("timeout after {} from {}", ForeignText.escape(where), client);
    }

    void tlsEstablished(String description) {
        LOG.info("Anonymous TLS connection established from {}: {}", client, description);
    }

    void tlsFailed(Exception cause) {
        LOG.info("TLS handshake failed from {}: {}", client, ForeignText.escape(cause.getMessage()));
    }

    void loginRefused(String mechanism, String name, LoginResult.Cause cause) {
        LOG.warn(
                "warning: {}: SASL {} authentication failed: {}, sasl_username={}",
                client,
                mechanism,
                cause,
                ForeignText.escape(name));
    }

    /** In the same shape, so that what counts failures counts these. */
    void loginBraked(String mechanism, String name, Duration wait) {
        LOG.warn(
                "warning: {}: SASL {} authentication failed: BRAKED for {} s, sasl_username={}",
                client,
                mechanism,
                wait.toSeconds() + 1,
                ForeignText.escape(name));
    }

    void loginWithdrawn(Optional<AuthenticatedAccount> account) {
        LOG.info(
                "session of {} from {} ended: its login is not valid any more",
                account.map(each -> ForeignText.escape(each.address().toString()))
                        .orElse("nobody"),
                client);
    }

    void rejected(String stage, Reply reply, String helo) {
        LOG.info(
                "NOQUEUE: reject: {} from {}: {}; proto=ESMTP helo=<{}>",
                stage,
                client,
                reply,
                ForeignText.escape(helo));
    }

    /** Something of ours failed: the client hears a temporary error, the operator the cause. */
    void trouble(String where, RuntimeException cause) {
        if (cause instanceof StoreUnavailable) { // An outage, not a fault of this code: a line, as everywhere else.
            LOG.warn("{} from {} cannot be answered now: {}", where, client, cause.getMessage());
        } else {
            LOG.error("{} from {} failed on our side", where, client, cause);
        }
    }
}
