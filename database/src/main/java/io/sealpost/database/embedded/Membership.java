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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.mariadb.jdbc.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's share in a private server. {@code start.lock} is held, exclusively, while somebody starts or stops; {@code users.lock},
 * shared, for the whole of a membership. File locks belong to the process: one membership a directory in each. Not thread-safe, but
 * for {@link #database} and {@link #pid}.
 */
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final Duration START_PATIENCE = Duration.ofMinutes(5); // Recovery after a crash may take its time.
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 20;
    private static final int PORTS_TRIED = 3;

    private final EmbeddedSettings settings;
    private final DataDirectory directory;
    private final RunningServer running;
    private final Secret password;
    private final FileChannel users;
    private FileLock use;
    private volatile Endpoint endpoint;

    private Membership(EmbeddedSettings settings, DataDirectory directory) throws IOException {
        this.settings = settings;
        this.directory = directory;
        this.running = new RunningServer(directory.settings());
        this.password = directory.password();
        this.users = open(directory.lock("users.lock"));
    }

    /** Joins the server that runs, or starts it. */
    static Membership join(EmbeddedSettings settings, DataDirectory directory)
            throws IOException, InterruptedException {
        try (FileChannel start = open(directory.lock("start.lock"))) {
            start.lock();
            Membership membership = new Membership(settings, directory);
            try {
                membership.use = membership.users.lock(0, Long.MAX_VALUE, true);
                membership.reachOrStart();
                return membership;
            } catch (IOException | InterruptedException | RuntimeException failed) {
                membership.users.close(); // Its lock goes with it, so that the next try in this process can have it.
                throw failed;
            }
        }
    }

    /** Under {@code start.lock}. */
    private void reachOrStart() throws IOException, InterruptedException {
        Optional<Endpoint> known = Endpoint.read(directory.endpoint());
        if (known.isPresent() && answers(known.get())) {
            endpoint = known.get();
            return;
        }
        Optional<Endpoint> silent = running.find(); // It recovers, or its starter died before it told of it.
        if (silent.isPresent()) {
            publish(silent.get());
            awaitAnswer(directory.logSize());
            return;
        }
        start(known.map(Endpoint::port));
    }

    private void start(Optional<Integer> formerPort) throws IOException, InterruptedException {
        ServerBinaries binaries = ServerBinaries.find(directory.version(), settings);
        ServerProcess server = new ServerProcess(directory, binaries, settings.bufferPool());
        if (!directory.isMade()) {
            directory.requireSpace();
            settings.progress()
                    .accept("making a private MariaDB " + binaries.version() + " in " + directory.directory());
            server.makeData();
        }
        directory.markVersion(binaries.version()); // Before it opens the data: an older one never may from then on.
        Optional<Integer> port = formerPort;
        for (int attempt = 1; ; attempt++) {
            long logged = directory.logSize();
            publish(server.start(port, password));
            try {
                awaitAnswer(logged);
                return;
            } catch (EmbeddedProblem ended) {
                boolean portWasTaken = directory.complaint(logged).contains("Bind on TCP/IP port");
                if (!portWasTaken || attempt == PORTS_TRIED) {
                    throw ended;
                }
                port = Optional.empty();
            } finally {
                Files.deleteIfExists(directory.entry());
            }
        }
    }

    private void publish(Endpoint found) throws IOException {
        directory.write(directory.endpoint(), found.json());
        endpoint = found;
    }

    private void awaitAnswer(long logged) throws InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!answers(endpoint)) {
            // Not asked for its arguments: while setsid becomes the server they are empty for a moment.
            if (ProcessHandle.of(endpoint.pid()).map(RunningServer::hasEnded).orElse(true)) {
                throw new EmbeddedProblem("the private MariaDB ended while it started: " + directory.complaint(logged)
                        + "; its log is " + directory.log());
            }
            if (System.nanoTime() > deadline) {
                throw new EmbeddedProblem("the private MariaDB does not answer; its log is " + directory.log());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Whether the server at that port takes our password and has our data: a copied directory names the server of the first. */
    private boolean answers(Endpoint of) {
        Properties options = new Properties();
        options.setProperty("user", ServerProcess.USER);
        options.setProperty("password", password.reveal());
        options.setProperty("sslMode", "disable");
        options.setProperty("connectTimeout", "1000");
        options.setProperty("socketTimeout", "5000");
        try (Connection connection = new Driver().connect(url(of), options);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@datadir")) {
            return row.next() && Path.of(row.getString(1)).equals(directory.data());
        } catch (SQLException e) {
            return false;
        }
    }

    boolean answers() {
        return answers(current());
    }

    /** Starts the server again where it is gone, unless another member has; for the watch. */
    void revive() throws IOException, InterruptedException {
        try (FileChannel start = open(directory.lock("start.lock"))) {
            start.lock();
            if (!answers(current())) {
                LOG.warn("the private MariaDB is gone; starting it again");
                reachOrStart();
            }
        }
    }

    DatabaseSettings database() {
        return new DatabaseSettings(url(current()), ServerProcess.USER, password, 1);
    }

    long pid() {
        return current().pid();
    }

    /** Another member may have started the server again, on another port. */
    private Endpoint current() {
        Endpoint.read(directory.endpoint()).ifPresent(told -> endpoint = told);
        return endpoint;
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
        } finally {
            users.close();
        }
    }

    private void stop() throws IOException, InterruptedException {
        Optional<ProcessHandle> server = running.find().flatMap(found -> running.process(found.pid()));
        server.ifPresent(ProcessHandle::destroy); // SIGTERM: it flushes and ends.
        long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
        while (server.isPresent() && !RunningServer.hasEnded(server.get())) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the server with pid " + server.get().pid() + " does not end");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        Files.deleteIfExists(directory.endpoint());
    }

    private static String url(Endpoint of) {
        return "jdbc:mariadb://127.0.0.1:" + of.port() + "/" + ServerProcess.SCHEMA;
    }

    private static FileChannel open(Path lock) throws IOException {
        return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
