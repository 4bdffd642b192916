/**
 * Stop 3: bytes in, DKIM-Signature fields out (RFC 6376, RFC 8463).
 *
 * <p>Parses a message once into offsets, canonicalises and hashes it in one pass, signs; verifies, and says why not. Speaks JDK
 * types at its edge, opens nothing, knows no other module of ours and no key store: whoever calls hands over keys and records.
 */
package io.sealpost.dkim;
