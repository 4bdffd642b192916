package io.sealpost.relay.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many sessions each client address, or each account, has open. Those that have none take no memory. Thread-safe. */
final class Places {
    private static final int NETWORK_BYTES = 8; // Of an IPv6 address: whoever has one has 2^64 of them.

    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    /** Takes a place; false, and nothing taken, when this one has as many as it may. */
    boolean tryTake(String who, int most) {
        int[] before = {0};
        taken.compute(who, (key, count) -> {
            before[0] = count == null ? 0 : count;
            return before[0] < most ? Integer.valueOf(before[0] + 1) : count;
        });
        return before[0] < most;
    }

    void giveBack(String who) {
        taken.computeIfPresent(who, (key, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }

    int known() {
        return taken.size();
    }

    /** Who an address stands for. */
    static String of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) + "/64"
                : address.getHostAddress();
    }
}
