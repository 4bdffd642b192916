/**
 * Domains, their DKIM keys and the keys' life: pending, active, retiring, retired.
 *
 * <p>Private keys lie sealed (AES-256-GCM) and are opened only to sign. Does no DNS: whoever looked hands over what was observed.
 * SQL lives in {@code keys.jdbc} alone.
 */
package io.sealpost.keys;
