/**
 * Claim → route → deliver → decide → settle: {@code DeliveryAttempt.run} is the whole way of a claimed message.
 *
 * <p>Alone decides about retries, ends, holds and notices, and alone has threads for it: one that claims, one that keeps leases, and
 * bounded workers. Speaks no SMTP, asks no DNS, holds no SQL.
 */
package io.sealpost.relay.outbound;
