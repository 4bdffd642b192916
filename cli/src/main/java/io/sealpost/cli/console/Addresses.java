package io.sealpost.cli.console;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses as the settings write them. */
public final class Addresses {
    private Addresses() {}

    /** {@code 127.0.0.1:2587}, {@code [::]:587}, {@code [2001:db8:0:0:0:0:0:1]:465}; the name, where it has no address. */
    public static String shown(InetSocketAddress address) {
        return address.isUnresolved()
                ? address.getHostString() + ":" + address.getPort()
                : host(address.getAddress()) + ":" + address.getPort();
    }

    private static String host(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        return "["
                + (address.isAnyLocalAddress() ? "::" : address.isLoopbackAddress() ? "::1" : address.getHostAddress())
                + "]";
    }
}
