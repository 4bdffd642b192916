package io.sealpost.cli.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** From which addresses of this machine mail goes out. */
interface SourceAddresses {
    /** At most one an address family, IPv4 first; none where there is no way out. */
    List<InetAddress> find();

    /** What the system's routes choose; nothing is sent. */
    static SourceAddresses byRoutes() {
        return () -> {
            List<InetAddress> found = new ArrayList<>();
            // Addresses of root name servers: any in the public networks would do.
            for (String target : List.of("198.41.0.4", "2001:503:ba3e::2:30")) {
                try (DatagramSocket socket = new DatagramSocket()) {
                    socket.connect(new InetSocketAddress(InetAddress.getByName(target), 53));
                    InetAddress local = socket.getLocalAddress();
                    if (!local.isAnyLocalAddress() && !local.isLoopbackAddress()) {
                        found.add(local);
                    }
                } catch (IOException | UncheckedIOException e) {
                    // No route of this family.
                }
            }
            return List.copyOf(found);
        };
    }
}
