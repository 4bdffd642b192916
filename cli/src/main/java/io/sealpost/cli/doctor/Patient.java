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
import io.sealpost.relay.dns.DnsAnswer;
import io.sealpost.relay.dns.DnsLookups;
import io.sealpost.relay.dns.DnsSettings;
import io.sealpost.relay.route.PrivateAddresses;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
    private final FutureTask<Store> opening = new FutureTask<>(this::open);

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
    Store anyStore() {
        opening.run(); // By whoever asks first; the others wait below, and nobody tries again what failed.
        try {
            return opening.get();
        } catch (ExecutionException failed) {
            throw (RuntimeException) failed.getCause(); // What opening throws is never a checked one.
        } catch (InterruptedException | CancellationException ended) {
            throw new Fault(Sysexits.UNAVAILABLE, "doctor has ended");
        }
    }

    private Store open() {
        if (!Store.mayExist(settings)) {
            throw new Fault(Sysexits.UNAVAILABLE, "there is no database yet");
        }
        Store opened = Store.inspect(settings, progress);
        try {
            ServerChecks.version(opened.transactions());
            return opened;
        } catch (RuntimeException away) {
            opened.close();
            throw away;
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
        return Administration.on(settings, store(), "doctor").dns().records();
    }

    /** Addresses that receivers may see: ours, and where those are translated on their way, the public ones of our name. */
    List<InetAddress> seenAddresses() {
        List<InetAddress> sources = world.sources().find();
        Stream<InetAddress> ours = sources.stream().filter(PrivateAddresses.refused()::permits);
        boolean translated =
                sources.stream().anyMatch(source -> !PrivateAddresses.refused().permits(source));
        Stream<InetAddress> named =
                translated && dns.addresses(settings.hostname().ascii()) instanceof DnsAnswer.Found<InetAddress> found
                        ? found.records().stream().filter(PrivateAddresses.refused()::permits)
                        : Stream.empty();
        return Stream.concat(ours, named).distinct().toList();
    }

    /** Does not wait for a database that hangs: that ends with the process. */
    @Override
    public void close() {
        if (!opening.cancel(true) && !opening.isCancelled()) {
            try {
                opening.get().close();
            } catch (ExecutionException | InterruptedException neverOpened) {
                // Nothing to close.
            }
        }
    }
}
