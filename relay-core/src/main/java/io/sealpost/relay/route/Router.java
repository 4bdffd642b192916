package io.sealpost.relay.route;

import io.sealpost.mail.MailDomain;

/** Finds the hosts of a recipient's domain. Thread-safe; bounded in time by the look-ups' time-outs. */
public interface Router {
    /** Never throws for what the DNS says or does not say: that is {@link Route.NotNow}. */
    Route route(MailDomain recipientDomain);
}
