package io.sealpost.relay.route;

import io.sealpost.mail.IpNetwork;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses mail may go to ({@code [delivery] allow_private_addresses}): public ones always; loopback, private, link-local,
 * mapped, translated and the like only where allowed, so that no record in the DNS leads the relay into its own network. Immutable.
 */
public final class PrivateAddresses {
    private static final List<IpNetwork> SPECIAL = networks(
            // IPv4: RFC 6890, RFC 5771 (multicast), RFC 1112 (reserved, broadcast)
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // IPv6: unspecified, loopback and IPv4-compatible ones; NAT64 (RFC 6052, 8215), discard, Teredo, 6to4 (each
            // may hide an
            // IPv4 address), unique and site-local, link-local, multicast. Mapped ones cannot be written as a network
            // in Java.
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/32",
            "2002::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");
    private static final List<IpNetwork> EVERYTHING = networks("0.0.0.0/0", "::/0");

    private final List<IpNetwork> allowed;

    private PrivateAddresses(List<IpNetwork> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** {@code false}: none. */
    public static PrivateAddresses refused() {
        return new PrivateAddresses(List.of());
    }

    /** {@code true}: all of them. */
    public static PrivateAddresses allowed() {
        return new PrivateAddresses(EVERYTHING);
    }

    /** Those of these networks. */
    public static PrivateAddresses allowedIn(List<IpNetwork> networks) {
        return new PrivateAddresses(networks);
    }

    /** Whether a connection to the address may be opened. */
    public boolean permits(InetAddress address) {
        return !isSpecial(address) || allowed.stream().anyMatch(network -> network.contains(address));
    }

    private static boolean isSpecial(InetAddress address) {
        return isMapped(address.getAddress()) || SPECIAL.stream().anyMatch(network -> network.contains(address));
    }

    /** {@code ::ffff:a.b.c.d} (RFC 4291 §2.5.5.2): no host has such an address in the DNS. */
    private static boolean isMapped(byte[] address) {
        if (address.length != 16 || address[10] != (byte) 0xFF || address[11] != (byte) 0xFF) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static List<IpNetwork> networks(String... texts) {
        return Arrays.stream(texts).map(IpNetwork::parse).toList();
    }
}
