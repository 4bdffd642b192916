package io.sealpost.account.brake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The neighbourhood of an address: a /24 of IPv4, a /64 of IPv6.
 *
 * @param text as {@code 192.0.2.0/24}
 */
public record ClientNetwork(String text) {
    /** Where a client comes from. */
    public static ClientNetwork of(InetAddress client) {
        byte[] bytes = client.getAddress().clone();
        boolean four = bytes.length == 4;
        Arrays.fill(bytes, four ? 3 : 8, bytes.length, (byte) 0);
        try {
            return new ClientNetwork(InetAddress.getByAddress(bytes).getHostAddress() + (four ? "/24" : "/64"));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }
}
