package io.sealpost.cli.wiring;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.Migrations;
import io.sealpost.database.embedded.BufferPool;
import io.sealpost.database.embedded.EmbeddedMariaDb;
import io.sealpost.database.embedded.EmbeddedProblem;
import io.sealpost.database.embedded.EmbeddedSettings;
import io.sealpost.mail.DataSize;
import java.util.function.Consumer;

/** The private MariaDB of {@code mode = "embedded"}, its problems as faults of the program. */
final class PrivateServer implements AutoCloseable {
    private final EmbeddedMariaDb server;

    private PrivateServer(EmbeddedMariaDb server) {
        this.server = server;
    }

    static PrivateServer join(Settings.Database.Embedded settings, Consumer<String> progress) {
        DataSize pool = settings.bufferPool().orElseGet(BufferPool::ofThisMachine);
        try {
            return new PrivateServer(EmbeddedMariaDb.join(
                    EmbeddedSettings.in(settings.dataDir(), progress).with(pool)));
        } catch (EmbeddedProblem problem) {
            throw new Fault(Sysexits.UNAVAILABLE, problem.getMessage());
        }
    }

    DatabaseSettings settings() {
        return server.settings();
    }

    /** Starts it again whenever it is gone, until closed. */
    void watch() {
        server.watch();
    }

    void migrate(Migrations migrations) {
        migrations.migrate(server.settings());
    }

    @Override
    public void close() {
        server.close();
    }
}
