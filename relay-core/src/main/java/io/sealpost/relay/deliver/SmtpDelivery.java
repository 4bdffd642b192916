package io.sealpost.relay.deliver;

import io.sealpost.relay.route.PrivateAddresses;
import io.sealpost.relay.route.Route;
import java.util.List;

/**
 * Delivers over SMTP (RFC 5321), keeping connections for further mail to the same address. Thread-safe; close it after the last
 * attempt.
 */
public final class SmtpDelivery implements RemoteDelivery, AutoCloseable {
    private final String heloName;
    private final DeliveryLimits limits;
    private final Deadlines deadlines = new Deadlines();
    private final ConnectionPool pool;
    private volatile ConnectionOpener opener;

    /**
     * A deliverer without connections yet.
     *
     * @param heloName our name in EHLO: a host name that leads back to the address we come from
     * @param permitted to which addresses a connection may be opened, whatever the route says
     */
    public SmtpDelivery(String heloName, DeliveryTimeouts timeouts, DeliveryLimits limits, PrivateAddresses permitted) {
        this.heloName = heloName;
        this.limits = limits;
        this.pool = new ConnectionPool(limits, deadlines);
        this.opener = new ConnectionOpener(heloName, timeouts, permitted, deadlines);
    }

    /** From now on connections are opened by these; those that are open keep the time-outs that they have. */
    public void use(DeliveryTimeouts timeouts, PrivateAddresses permitted) {
        opener = new ConnectionOpener(heloName, timeouts, permitted, deadlines);
    }

    @Override
    public List<AttemptResult> attempt(Transmission transmission, Route.Hosts route, FinalDotPermit permit) {
        return new AttemptRun(transmission, permit, limits, pool, opener).run(route);
    }

    /** Ends kept connections; attempts still running lose their time-outs, so let them end first. */
    @Override
    public void close() {
        pool.close();
        deadlines.close();
    }
}
