package io.sealpost.sandbox;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Where a sandbox listens and writes.
 *
 * @param dns of the DNS server; port 0 takes a free one
 * @param receivers addresses of the receiving server, at least one
 * @param receiverPort on each of them; 0 takes a free one
 * @param zoneFile the zone; written with the default one when it is missing
 * @param received folder for received mail
 */
public record SandboxSettings(
        InetSocketAddress dns, List<InetAddress> receivers, int receiverPort, Path zoneFile, Path received) {
    /** Throws IllegalArgumentException without a receiver, or when an address is not loopback: it would take mail from strangers. */
    public SandboxSettings {
        receivers = List.copyOf(receivers);
        Objects.requireNonNull(zoneFile, "zoneFile is null");
        Objects.requireNonNull(received, "received is null");
        if (receivers.isEmpty()) {
            throw new IllegalArgumentException("a sandbox without a receiver");
        }
        requireLoopback(dns.getAddress());
        receivers.forEach(SandboxSettings::requireLoopback);
    }

    /**
     * The usual sandbox: DNS on 127.0.0.1:5353, receivers on port 2525 of 127.0.0.1 and 127.0.0.2.
     *
     * @param directory holds {@code zone} and {@code received/}
     */
    public static SandboxSettings in(Path directory) {
        return new SandboxSettings(
                new InetSocketAddress(loopback(1), 5353),
                List.of(loopback(1), loopback(2)),
                2525,
                directory.resolve("zone"),
                directory.resolve("received"));
    }

    /** The same on other ports. */
    public SandboxSettings onPorts(int dnsPort, int newReceiverPort) {
        return new SandboxSettings(
                new InetSocketAddress(dns.getAddress(), dnsPort), receivers, newReceiverPort, zoneFile, received);
    }

    private static InetAddress loopback(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static void requireLoopback(InetAddress address) {
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "a sandbox listens on loopback only, not on " + address.getHostAddress());
        }
    }
}
