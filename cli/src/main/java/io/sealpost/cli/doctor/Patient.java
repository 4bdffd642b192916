package io.sealpost.cli.doctor;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.cli.wiring.KeyObserver;
import io.sealpost.cli.wiring.Outwards;
import io.sealpost.cli.wiring.Store;
import io.sealpost.database.SchemaState;
import io.sealpost.database.ServerChecks;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.dns.DnsLookups;
import io.sealpost.relay.dns.DnsSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What the checks look at; the database is opened when the first one asks for it. Thread-safe. */
public final class Patient implements AutoCloseable {
    private static final Duration DNS_TIMEOUT = Duration.ofSeconds(2);
    private static final int DNS_TRIES = 2;
    private static final int DNS_IN_FLIGHT = 50;
    private static final int DNS_CACHE = 10_000;

    private final Settings settings;
    private final World world;
    private final Consumer<String> progress;
    private final DnsLookups dns;
    private Optional<Store> store = Optional.empty();
    private Optional<RuntimeException> away = Optional.empty();

    /**
     * What lies outside of the settings.
     *
     * @param clock of this machine
     * @param probe to whose MX hosts a connection is opened; empty: to nobody's
     * @param sources from which addresses mail goes out
     */
    record World(Clock clock, Optional<MailDomain> probe, SourceAddresses sources) {}

    /** {@code progress} hears a line about what takes longer. */
    Patient(Settings settings, World world, Consumer<String> progress) {
        this.settings = settings;
        this.world = world;
        this.progress = progress;
        this.dns = new DnsLookups(
                new DnsSettings(settings.dns().servers(), DNS_TIMEOUT, DNS_TRIES, DNS_IN_FLIGHT, DNS_CACHE),
                world.clock());
    }

    /** As this machine has them. */
    public static Patient of(Settings settings, Optional<MailDomain> probe, Consumer<String> progress) {
        return new Patient(settings, new World(Clock.systemUTC(), probe, SourceAddresses.byRoutes()), progress);
    }

    Settings settings() {
        return settings;
    }

    World world() {
        return world;
    }

    DnsLookups dns() {
        return dns;
    }

    Outwards outwards() {
        return new Outwards(settings);
    }

    /**
     * The database whatever its tables are like, once it has answered.
     *
     * @throws Fault when it cannot be opened
     * @throws io.sealpost.database.StoreUnavailable when it is away
     */
    synchronized Store anyStore() {
        if (away.isPresent()) {
            throw away.get();
        }
        if (store.isEmpty()) {
            try {
                open();
            } catch (RuntimeException failed) {
                away = Optional.of(failed); // The others need not wait for it again.
                throw failed;
            }
        }
        return store.get();
    }

    private void open() {
        if (!Store.mayExist(settings)) {
            throw new Fault(Sysexits.UNAVAILABLE, "there is no database yet");
        }
        Store opened = Store.inspect(settings, progress);
        try {
            ServerChecks.version(opened.transactions());
            store = Optional.of(opened);
        } finally {
            if (store.isEmpty()) {
                opened.close();
            }
        }
    }

    /** The database, when its tables are those of this release; throws as {@link #anyStore}, and a {@link Fault} when they are not. */
    Store store() {
        Store opened = anyStore();
        if (!(opened.schema() instanceof SchemaState.Current)) {
            throw new Fault(Sysexits.CONFIG, "the database's tables are not those of this release");
        }
        return opened;
    }

    /** What the DNS shows of keys; throws as {@link #store}. */
    KeyObserver records() {
        return Administration.on(settings, store(), "doctor").records();
    }

    @Override
    public synchronized void close() {
        away = Optional.of(new Fault(Sysexits.UNAVAILABLE, "doctor has ended")); // For a check that still runs.
        store.ifPresent(Store::close);
    }
}
