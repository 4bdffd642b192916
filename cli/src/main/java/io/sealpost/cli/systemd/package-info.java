/**
 * Tells the service manager how {@code serve} does: ready, reloading, stopping, alive ({@code sd_notify(3)}).
 *
 * <p>Alone knows JNA, and loads it only where a service manager listens: Java has no datagrams over Unix sockets. Never makes the
 * relay fail.
 */
package io.sealpost.cli.systemd;
