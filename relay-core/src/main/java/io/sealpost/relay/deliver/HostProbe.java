package io.sealpost.relay.deliver;

import io.sealpost.mail.RemoteReply;
import io.sealpost.relay.route.PrivateAddresses;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Opens a connection to a host as a delivery would, greeting, EHLO and STARTTLS, and ends it before MAIL: whether mail could go out.
 * Thread-safe.
 */
public final class HostProbe implements AutoCloseable {
    private final Deadlines deadlines = new Deadlines();
    private final ConnectionOpener opener;

    /** As {@link SmtpDelivery}. */
    public HostProbe(String heloName, DeliveryTimeouts timeouts, PrivateAddresses permitted) {
        this.opener = new ConnectionOpener(heloName, timeouts, permitted, deadlines);
    }

    /** What came of it. */
    public sealed interface Result {
        /** Mail could follow. */
        record Reached(ConnectionFacts connection) implements Result {}

        /**
         * None could.
         *
         * @param stage how far it came
         * @param reply the host's last word, ours with code 0 where it said nothing
         */
        record NotReached(Stage stage, RemoteReply reply) implements Result {}
    }

    /**
     * Tries one address; never throws for what the host does.
     *
     * @param host its name, for SNI and for the words
     */
    public Result probe(String host, InetSocketAddress address) {
        long begun = System.nanoTime();
        try (SmtpConnection connection = opener.open(new Peer(host, address))) {
            Duration setup = Duration.ofNanos(System.nanoTime() - begun);
            ConnectionFacts facts =
                    new ConnectionFacts(connection.peer().shown(), connection.tls(), setup, Duration.ZERO);
            connection.quit();
            return new Result.Reached(facts);
        } catch (BrokenConversation e) {
            return new Result.NotReached(e.stage(), e.reply());
        }
    }

    /** Probes still running lose their time-outs. */
    @Override
    public void close() {
        deadlines.close();
    }
}
