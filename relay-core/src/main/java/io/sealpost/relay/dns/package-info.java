/**
 * Look-ups in the DNS over the configured servers: MX, addresses, TXT; aliases followed, answers kept within their TTL.
 *
 * <p>Says exactly what came back: found, no such record, no such name, or no usable answer and why. Decides nothing about mail. The
 * one room of the relay that knows dnsjava; its static default resolver is never touched.
 */
package io.sealpost.relay.dns;
