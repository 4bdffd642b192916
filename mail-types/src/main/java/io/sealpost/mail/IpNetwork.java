package io.sealpost.mail;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of addresses, as {@code 10.0.0.0/8} or {@code fc00::/7}.
 *
 * @param base its first address
 * @param prefixLength leading bits that all its addresses share
 */
public record IpNetwork(InetAddress base, int prefixLength) {
    private static final Pattern TEXT = Pattern.compile("([0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    /** Throws IllegalArgumentException when the length does not go with the address. */
    public IpNetwork {
        if (prefixLength < 0 || prefixLength > base.getAddress().length * 8) {
            throw new IllegalArgumentException("a network of " + prefixLength + " bits at " + base.getHostAddress());
        }
    }

    /** Reads an address, which is a network of one, or a network; throws IllegalArgumentException with a plain sentence otherwise. */
    public static IpNetwork parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw notOne(text);
        }
        try {
            InetAddress base =
                    InetAddress.getByName(matcher.group(1)); // Digits, dots and colons only: nothing is looked up.
            int longest = base.getAddress().length * 8;
            return new IpNetwork(base, matcher.group(2) == null ? longest : Integer.parseInt(matcher.group(2)));
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw notOne(text);
        }
    }

    /** Whether the address lies in it; one of the other family never does. */
    public boolean contains(InetAddress address) {
        byte[] inner = address.getAddress();
        byte[] outer = base.getAddress();
        if (inner.length != outer.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit += 8) {
            int mask = (0xFF << Math.max(0, 8 - (prefixLength - bit))) & 0xFF;
            if (((inner[bit / 8] ^ outer[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The same with nothing but zeros behind the prefix, so that two texts of one network are equal. */
    public IpNetwork canonical() {
        return new IpNetwork(masked(prefixLength), prefixLength);
    }

    /** Whether all addresses of the other lie in it. */
    public boolean covers(IpNetwork other) {
        return prefixLength <= other.prefixLength && contains(other.base);
    }

    /** Whether it is of IPv4. */
    public boolean isV4() {
        return base.getAddress().length == 4;
    }

    private InetAddress masked(int bits) {
        byte[] bytes = base.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.min(8, Math.max(0, bits - 8 * i));
            bytes[i] &= (byte) (0xFF << (8 - kept));
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + prefixLength;
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException(
                "\"" + ForeignText.escape(text) + "\" is not a network; write an address and a length, as 10.0.0.0/8");
    }
}
