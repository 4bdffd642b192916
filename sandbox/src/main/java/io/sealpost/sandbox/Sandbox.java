package io.sealpost.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;

/**
 * DNS and receiver together: a mail world of its own, in which {@code sandbox.test} takes mail, {@code down.test} does not answer,
 * {@code nomail.test} wants none; the comments of its zone file name them all. Safe for threads.
 */
public final class Sandbox implements AutoCloseable {
    private final SandboxSettings settings;
    private final SandboxDns dns;
    private final SandboxReceiver receiver;

    private Sandbox(SandboxSettings settings, SandboxDns dns, SandboxReceiver receiver) {
        this.settings = settings;
        this.dns = dns;
        this.receiver = receiver;
    }

    /**
     * Starts both; writes the default zone first when there is no zone file.
     *
     * @throws IOException when an address is taken or a file cannot be read or written
     * @throws IllegalArgumentException when the zone file is wrong, with the line and the reason
     */
    public static Sandbox start(SandboxSettings settings, Clock clock) throws IOException {
        writeDefaultZone(settings.zoneFile());
        SandboxDns dns = SandboxDns.start(settings.dns(), settings.zoneFile());
        try {
            SandboxReceiver receiver = SandboxReceiver.start(
                    "mx1.sandbox.test", settings.receivers(), settings.receiverPort(), settings.received(), clock);
            return new Sandbox(settings, dns, receiver);
        } catch (IOException e) {
            dns.close();
            throw e;
        }
    }

    private static void writeDefaultZone(Path zoneFile) throws IOException {
        if (Files.exists(zoneFile)) {
            return;
        }
        if (zoneFile.getParent() != null) {
            Files.createDirectories(zoneFile.getParent());
        }
        try (InputStream zone = Objects.requireNonNull(Sandbox.class.getResourceAsStream("default.zone"))) {
            Files.copy(zone, zoneFile);
        }
    }

    /** The DNS server. */
    public SandboxDns dns() {
        return dns;
    }

    /** The receiving server. */
    public SandboxReceiver receiver() {
        return receiver;
    }

    /** What it was started with; for the real ports ask {@link #dns()} and {@link #receiver()}. */
    public SandboxSettings settings() {
        return settings;
    }

    /** Stops both at once. */
    @Override
    public void close() {
        receiver.close();
        dns.close();
    }
}
