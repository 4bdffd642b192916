/**
 * Stop 4: to which hosts a recipient's domain leads (RFC 5321 §5, RFC 7505).
 *
 * <p>Asks {@code relay.dns}; opens no connection, decides nothing about retries.
 */
package io.sealpost.relay.route;
