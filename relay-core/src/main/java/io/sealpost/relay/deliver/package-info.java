/**
 * Stop 5: the client side of SMTP. One transaction with one site's hosts, TLS where it is offered, replies read and classified.
 *
 * <p>Knows nothing of leases, retries, bounces or SQL: hands back one outcome a recipient.
 */
package io.sealpost.relay.deliver;
