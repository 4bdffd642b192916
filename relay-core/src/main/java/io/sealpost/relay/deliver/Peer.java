package io.sealpost.relay.deliver;

import java.net.InetSocketAddress;

/**
 * One address of one MX host.
 *
 * @param host its name, A-label
 * @param address where to connect
 */
record Peer(String host, InetSocketAddress address) {
    /** {@code mx.example[192.0.2.1]:25}. */
    String shown() {
        return host + "[" + address.getAddress().getHostAddress() + "]:" + address.getPort();
    }
}
