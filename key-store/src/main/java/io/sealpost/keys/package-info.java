/**
 * Domains, their DKIM keys and the keys' life: pending, active, retiring, retired; the master key and the data keys that it wraps.
 *
 * <p>Private keys lie sealed (AES-256-GCM), each to its own row, and are opened only to sign or to be activated. Does no DNS: whoever
 * looked hands over what was observed. Knows nothing of accounts. SQL lives in {@code keys.jdbc} alone.
 */
package io.sealpost.keys;
