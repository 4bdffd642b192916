package io.sealpost.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An authoritative DNS server for zones written as text (RFC 1035 §5 master file, any number of zones in one), UDP and TCP.
 *
 * <p>It follows CNAME chains inside its zones, tells NXDOMAIN from an empty answer, truncates over UDP, speaks EDNS, refuses names
 * outside its zones, and does wrong where a line of the zone text asks for it: {@code ;!FAULT name. [type]} with an RCODE
 * ({@code ;!SERVFAIL broken.test.}), {@code DROP}, {@code DELAY=500ms}, {@code WRONGID} or {@code TRUNCATE}. No recursion, no DNSSEC,
 * no zone transfer; a wildcard stands for one label. Safe for threads.
 */
public final class SandboxDns implements AutoCloseable {
    private volatile Supplier<Zones> source;
    private final List<Consumer<AnsweredQuery>> listeners = new CopyOnWriteArrayList<>();
    private final DnsSockets sockets;

    private SandboxDns(InetSocketAddress address, Supplier<Zones> source) throws IOException {
        this.source = source;
        DnsResponder responder =
                new DnsResponder(() -> this.source.get(), query -> listeners.forEach(l -> l.accept(query)));
        this.sockets = DnsSockets.open(address, responder);
    }

    /**
     * Serves a zone file, which is read again whenever it has changed. A file that has become wrong is reported in the log and
     * the last good one stays in use.
     *
     * @param address where to listen; port 0 takes a free one
     * @throws IOException when the address is taken or the file cannot be read
     * @throws IllegalArgumentException when the file is wrong, with the line and the reason
     */
    public static SandboxDns start(InetSocketAddress address, Path zoneFile) throws IOException {
        return new SandboxDns(address, new ZoneFile(zoneFile));
    }

    /** As {@link #start(InetSocketAddress, Path)}, for zones given as text. */
    public static SandboxDns start(InetSocketAddress address, String zoneText) throws IOException {
        Zones zones = Zones.parse(zoneText);
        return new SandboxDns(address, () -> zones);
    }

    /**
     * Serves these zones from now on; a zone file is no longer read.
     *
     * @throws IllegalArgumentException when the text is wrong; nothing changes then
     */
    public void replaceZone(String zoneText) {
        Zones zones = Zones.parse(zoneText);
        source = () -> zones;
    }

    /** Tells the listener of every question from now on, on the thread that answers it, just before the answer leaves. */
    public void onQuery(Consumer<AnsweredQuery> listener) {
        listeners.add(listener);
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return sockets.address();
    }

    /** Stops at once; what is being asked gets no answer. */
    @Override
    public void close() {
        sockets.close();
    }
}
