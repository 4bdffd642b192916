package io.sealpost.account.jdbc;

import io.sealpost.account.DeviceAdministration;
import io.sealpost.mail.IpNetwork;
import java.net.InetAddress;
import java.util.Arrays;

/** The key by which devices are found: the first bytes of an address, which all networks of devices have in common. */
final class DeviceBlock {
    private DeviceBlock() {}

    /** Three bytes of IPv4, eight of IPv6. */
    static byte[] of(InetAddress address) {
        byte[] bytes = address.getAddress();
        int bits = bytes.length == 4 ? DeviceAdministration.MIN_PREFIX_V4 : DeviceAdministration.MIN_PREFIX_V6;
        return Arrays.copyOf(bytes, bits / Byte.SIZE);
    }

    /** Whether the network lies in one block. */
    static boolean holds(IpNetwork network) {
        return network.prefixLength()
                >= (network.isV4() ? DeviceAdministration.MIN_PREFIX_V4 : DeviceAdministration.MIN_PREFIX_V6);
    }
}
