package io.sealpost.database.embedded;

import io.sealpost.database.DatabaseSettings;
import io.sealpost.mail.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.mariadb.jdbc.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's share in a private server. {@code start.lock} is held, exclusively, while somebody starts or stops; {@code users.lock},
 * shared, for the whole of a membership. File locks belong to the process: one membership a directory in each. Not thread-safe.
 */
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final Duration START_PATIENCE = Duration.ofMinutes(5); // Recovery after a crash may take its time.
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 20;

    private final EmbeddedSettings settings;
    private final DataDirectory directory;
    private final Secret password;
    private final FileChannel users;
    private FileLock use;
    private volatile Endpoint endpoint;

    private Membership(EmbeddedSettings settings, DataDirectory directory) throws IOException {
        this.settings = settings;
        this.directory = directory;
        this.password = directory.password();
        this.users = open(directory.lock("users.lock"));
    }

    /** Joins the server that runs, or starts it. */
    static Membership join(EmbeddedSettings settings) throws IOException, InterruptedException {
        DataDirectory directory = new DataDirectory(settings.directory());
        directory.prepare(settings.memoryDisk());
        try (FileChannel start = open(directory.lock("start.lock"))) {
            start.lock();
            Membership membership = new Membership(settings, directory);
            membership.use = membership.users.lock(0, Long.MAX_VALUE, true);
            membership.reachOrStart();
            return membership;
        }
    }

    /** Under {@code start.lock}. */
    private void reachOrStart() throws IOException, InterruptedException {
        Optional<Endpoint> known = Endpoint.read(directory.endpoint());
        if (known.isPresent() && (answers(known.get()) || known.get().process().isPresent())) {
            endpoint = known.get();
            awaitAnswer(endpoint);
            return;
        }
        ServerBinaries binaries = ServerBinaries.find(directory.version(), settings.progress());
        ServerProcess server = new ServerProcess(directory, binaries);
        if (!directory.isMade()) {
            settings.progress()
                    .accept("making a private MariaDB " + binaries.version() + " in " + directory.directory());
            server.makeData(password);
        }
        endpoint = server.start();
        endpoint.write(directory.endpoint());
        awaitAnswer(endpoint);
        directory.markVersion(binaries.version());
    }

    private void awaitAnswer(Endpoint of) throws InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!answers(of)) {
            if (!ProcessHandle.of(of.pid()).map(ProcessHandle::isAlive).orElse(false)) {
                throw new EmbeddedProblem(
                        "the private MariaDB ended while it started; its log says why: " + directory.log());
            }
            if (System.nanoTime() > deadline) {
                throw new EmbeddedProblem("the private MariaDB does not answer; its log says why: " + directory.log());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Whether the server takes our password at that port. */
    private boolean answers(Endpoint of) {
        Properties options = new Properties();
        options.setProperty("user", DataDirectory.USER);
        options.setProperty("password", password.reveal());
        options.setProperty("sslMode", "disable");
        options.setProperty("connectTimeout", "1000");
        options.setProperty("socketTimeout", "5000");
        try (Connection connection = new Driver().connect(url(of), options)) {
            return connection != null;
        } catch (SQLException e) {
            return false;
        }
    }

    boolean answers() {
        return answers(endpoint);
    }

    /** Starts the server again where it is gone, unless another member has; for the watch. */
    void revive() throws IOException, InterruptedException {
        try (FileChannel start = open(directory.lock("start.lock"))) {
            start.lock();
            if (!answers(endpoint)) {
                LOG.warn("the private MariaDB is gone; starting it again");
                reachOrStart();
            }
        }
    }

    DatabaseSettings database() {
        return new DatabaseSettings(url(endpoint), DataDirectory.USER, password, 1);
    }

    long pid() {
        return endpoint.pid();
    }

    /** Leaves; the last one stops the server. */
    void leave() throws IOException, InterruptedException {
        try (FileChannel start = open(directory.lock("start.lock"))) {
            start.lock();
            use.release();
            FileLock alone = users.tryLock();
            if (alone != null) {
                stop();
            }
            users.close();
        }
    }

    private void stop() throws IOException, InterruptedException {
        Optional<ProcessHandle> process = Endpoint.read(directory.endpoint()).flatMap(Endpoint::process);
        process.ifPresent(ProcessHandle::destroy); // SIGTERM: it flushes and ends.
        long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
        while (process.map(ProcessHandle::isAlive).orElse(false) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        Files.deleteIfExists(directory.endpoint());
    }

    private static String url(Endpoint of) {
        return "jdbc:mariadb://127.0.0.1:" + of.port() + "/" + DataDirectory.SCHEMA;
    }

    private static FileChannel open(Path lock) throws IOException {
        return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
