package io.sealpost.relay.route;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;

/**
 * What is ourselves, so that mail is not carried in a circle (RFC 5321 §5.1): a listener of ours that takes what would be delivered.
 *
 * <p>Only a listener on the very port of the delivery does. A mail server that takes the domain's mail on port 25 of the same machine,
 * even under the same name, while we listen on 587, is another one: mail for it must go there. Our name counts as ourselves when we
 * do listen on that port, since behind address translation the address in the DNS is none of ours.
 *
 * @param hostname our name in greetings
 * @param listeners where we listen; the wildcard address stands for every address of the machine
 */
public record OwnHost(String hostname, List<InetSocketAddress> listeners) {
    /** Copies the list. */
    public OwnHost {
        hostname = hostname.toLowerCase(Locale.ROOT);
        listeners = List.copyOf(listeners);
    }

    /** Whether a connection to that host's port would come back to us, going by its name. */
    boolean isNamed(String host, int port) {
        return hostname.equals(host) && listeners.stream().anyMatch(listener -> listener.getPort() == port);
    }

    /** Whether a connection to that address would come back to us. */
    boolean isAt(InetSocketAddress target) {
        return listeners.stream()
                .filter(listener -> listener.getPort() == target.getPort())
                .anyMatch(listener -> listener.getAddress().equals(target.getAddress())
                        || (listener.getAddress().isAnyLocalAddress() && isOfThisMachine(target.getAddress())));
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}
