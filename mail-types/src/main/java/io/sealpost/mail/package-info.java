/**
 * The words that every module but the signer speaks: addresses, domains, queue ids, replies, secrets, rates, sizes.
 *
 * <p>Values only: immutable, checked when made, free of I/O and of any library. What a value means to a queue, a key store or a
 * socket is said there, not here.
 */
package io.sealpost.mail;
