package io.sealpost.cli.story;

import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.StatementCutter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** One node of a campaign: its process while there is one, and its way to the database. For one thread at a time. */
final class CampaignNode implements AutoCloseable {
    private final String name;
    private final Path settings;
    private final int port;
    private final StatementCutter way;
    private Optional<ServeProcess> process = Optional.empty();

    CampaignNode(String name, Path settings, int port, StatementCutter way) {
        this.name = name;
        this.settings = settings;
        this.port = port;
        this.way = way;
    }

    String name() {
        return name;
    }

    InetSocketAddress address() {
        return Loopback.socket("127.0.0.1", port);
    }

    StatementCutter way() {
        return way;
    }

    ServeProcess process() {
        return process.orElseThrow();
    }

    /** Returns when it listens. */
    void start() {
        try {
            process = Optional.of(ServeProcess.start(settings, port));
        } catch (IOException e) {
            throw new UncheckedIOException("node " + name + " does not start", e);
        }
    }

    /** As {@code kill -9}; returns when it is dead. */
    void kill() {
        try {
            process().kill();
            process = Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isPresent()) {
            process.get().close();
        }
        way.close();
    }
}
