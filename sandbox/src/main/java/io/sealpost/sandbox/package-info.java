/**
 * A mail world on loopback: an authoritative DNS server, a receiving SMTP server with STARTTLS, and the certificate it shows.
 *
 * <p>Quickstart and {@code sealpost sandbox} run it so that a mail can go its whole way without the internet; the tests' scripted
 * faults build on it. It knows nothing of the relay and accepts all mail, so it must never listen where strangers reach it.
 */
package io.sealpost.sandbox;
