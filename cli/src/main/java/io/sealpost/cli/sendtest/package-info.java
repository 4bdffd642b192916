/**
 * One mail from this machine to the world, past listeners and queue: composed, signed, its signatures verified, routed and delivered by
 * the parts that {@code serve} uses, each step told.
 *
 * <p>Stores nothing; what cannot be signed, or whose signature does not hold in the DNS, is not sent.
 */
package io.sealpost.cli.sendtest;
