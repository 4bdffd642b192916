package io.sealpost.database.embedded;

import io.sealpost.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private MariaDB that processes share: {@link #join} starts it when nobody has, {@link #close} leaves it and stops it when nobody is
 * left. A process that is killed leaves too; the server then waits for the next one. Thread-safe.
 */
public final class EmbeddedMariaDb implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMariaDb.class);

    /**
     * Static on purpose: file locks belong to the process, and a second lock on one file within it throws. So all who join one directory
     * in this process share one membership.
     */
    private static final Map<Path, Shared> JOINED = new HashMap<>();

    private final Path directory;
    private final Shared shared;
    private final AtomicBoolean left = new AtomicBoolean();
    private ScheduledExecutorService watch;

    private static final class Shared {
        private final Membership membership;
        private int users;

        Shared(Membership membership) {
            this.membership = membership;
        }
    }

    private EmbeddedMariaDb(Path directory, Shared shared) {
        this.directory = directory;
        this.shared = shared;
    }

    /**
     * Joins the server of a directory; makes data and starts it as needed, which takes a second or two, and longer after a crash.
     *
     * @throws EmbeddedProblem with a plain sentence when it cannot be had
     */
    public static EmbeddedMariaDb join(EmbeddedSettings settings) {
        synchronized (JOINED) {
            DataDirectory prepared = DataDirectory.prepare(settings);
            Path directory = prepared.directory();
            try {
                Shared shared = JOINED.get(directory);
                if (shared == null) {
                    shared = new Shared(Membership.join(settings, prepared));
                    JOINED.put(directory, shared);
                }
                shared.users++;
                return new EmbeddedMariaDb(directory, shared);
            } catch (IOException e) {
                throw new EmbeddedProblem("the database in " + directory + " cannot be used: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EmbeddedProblem("interrupted while the private MariaDB started", e);
            }
        }
    }

    /** How to enter it now; asked for at each connection, since a server that was started again may have another port. */
    public DatabaseSettings settings() {
        return shared.membership.database();
    }

    /** The process id of the server. */
    public long pid() {
        return shared.membership.pid();
    }

    /** Looks every second whether the server answers and starts it again when it does not, until closed. */
    public synchronized void watch() {
        if (left.get() || watch != null) {
            return;
        }
        watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "mariadb-watch");
            made.setDaemon(true);
            return made;
        });
        watch.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            synchronized (JOINED) {
                if (!left.get() && !shared.membership.answers()) {
                    shared.membership.revive();
                }
            }
        } catch (EmbeddedProblem problem) {
            LOG.error("the private MariaDB cannot be started again: {}", problem.getMessage());
        } catch (IOException | RuntimeException e) {
            if (!left.get()) { // Else close() has interrupted it.
                LOG.error("the private MariaDB cannot be started again", e); // The next look is another chance.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves; stops the server when nobody else uses it. */
    @Override
    public void close() {
        if (!left.compareAndSet(false, true)) {
            return;
        }
        stopWatching();
        synchronized (JOINED) {
            shared.users--;
            if (shared.users > 0) {
                return;
            }
            JOINED.remove(directory);
            try {
                shared.membership.leave();
            } catch (IOException e) {
                LOG.warn("the private MariaDB in {} was not left in order", directory, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void stopWatching() {
        if (watch != null) {
            watch.shutdownNow();
        }
    }
}
