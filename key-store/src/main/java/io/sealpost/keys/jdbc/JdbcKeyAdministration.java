package io.sealpost.keys.jdbc;

import io.sealpost.database.ChangeKind;
import io.sealpost.keys.Activation;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.KeyAdministration;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyMaterial;
import io.sealpost.keys.KeyPem;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Outcome.Done;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.Sealing;
import io.sealpost.keys.Selectors;
import io.sealpost.keys.jdbc.KeysSql.KeyRow;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Domains and keys in MariaDB. Thread-safe. */
public final class JdbcKeyAdministration implements KeyAdministration {
    private final Changes changes;
    private final KeyInsertion insertion;
    private final KeyMoves moves;

    /** Changes things as the actor of {@code changes}. */
    public JdbcKeyAdministration(Changes changes, Sealing sealing) {
        this.changes = changes;
        this.insertion = new KeyInsertion(changes, sealing);
        this.moves = new KeyMoves(changes, sealing);
    }

    @Override
    public Outcome<HeldDomain> addDomain(long tenant, MailDomain name) {
        Optional<String> objection = DomainNames.objection(name);
        if (objection.isPresent()) {
            return Outcome.refused(Kind.UNFIT, objection.get());
        }
        String exists = "the domain " + name + " is there already";
        return changes.run(exists, handle -> {
            if (!KeysSql.tenantExists(handle, tenant)) {
                return Outcome.refused(Kind.UNKNOWN, "there is no tenant " + tenant);
            }
            if (KeysSql.domain(handle, name).isPresent()) {
                return Outcome.refused(Kind.ALREADY_THERE, exists);
            }
            Instant now = changes.now();
            HeldDomain added = new HeldDomain(KeysSql.insertDomain(handle, tenant, name, now), tenant, name, now);
            record(handle, added, "domain.add", Map.of());
            return Outcome.done(added);
        });
    }

    @Override
    public List<HeldDomain> domains() {
        return changes.read(KeysSql::domains);
    }

    @Override
    public Optional<HeldDomain> domain(MailDomain name) {
        return changes.read(handle -> KeysSql.domain(handle, name));
    }

    @Override
    public Outcome<HeldDomain> removeDomain(MailDomain name) {
        return changes.run("", handle -> {
            Optional<HeldDomain> domain = KeysSql.lockDomain(handle, name);
            if (domain.isEmpty()) {
                return unknownDomain(name);
            }
            if (KeysSql.keys(handle, name).stream().anyMatch(row -> row.shown().state() == KeyState.ACTIVE)) {
                return Outcome.refused(
                        Kind.WRONG_STATE,
                        "the domain " + name + " has an active key; retire it first, with: sealpost dkim retire");
            }
            List<MailDomain> users = ParentKeysSql.usersOf(handle, name);
            if (!users.isEmpty()) {
                return Outcome.refused(
                        Kind.WRONG_STATE,
                        "domains below sign with the keys of " + name + ": " + users.get(0)
                                + (users.size() == 1 ? "" : " and " + (users.size() - 1) + " more")
                                + "; give each its own first, with: sealpost domain keys " + users.get(0) + " --own");
            }
            ExternalSql.markRemoved(handle, domain.get().id(), changes.now());
            int keys = KeysSql.deleteKeys(handle, domain.get().id());
            KeysSql.deleteDomain(handle, domain.get().id());
            record(handle, domain.get(), "domain.remove", Map.of("keys", Integer.toString(keys)));
            return Outcome.done(domain.get());
        });
    }

    @Override
    public Outcome<DkimKey> createKey(MailDomain domain, NewKey wanted) {
        if (domain(domain).isEmpty()) {
            return unknownDomain(domain); // Before a second of work on its primes.
        }
        Outcome<KeyMaterial> made = KeyMaterial.generate(wanted.algorithm(), wanted.bits());
        return made instanceof Done<KeyMaterial> done
                ? store(domain, wanted.selector(), done.value(), "dkim.create")
                : refused(made);
    }

    @Override
    public Outcome<DkimKey> nextKey(MailDomain domain, NewKey wanted) {
        if (domain(domain).isEmpty()) {
            return unknownDomain(domain);
        }
        Optional<DkimKey> pending = changes.read(handle -> pending(handle, domain, wanted.algorithm()));
        if (pending.isPresent()) {
            return Outcome.done(pending.get());
        }
        Outcome<KeyMaterial> made = KeyMaterial.generate(wanted.algorithm(), wanted.bits());
        return made instanceof Done<KeyMaterial> done ? storeNext(domain, done.value()) : refused(made);
    }

    private Outcome<DkimKey> storeNext(MailDomain domain, KeyMaterial material) {
        Outcome<DkimKey> next = changes.run(taken(""), handle -> {
            KeysSql.lockDomain(handle, domain);
            return pending(handle, domain, material.algorithm())
                    .map(Outcome::done) // Another was quicker.
                    .orElseGet(() -> store(handle, domain, Optional.empty(), material, "dkim.create"));
        });
        material.wipe();
        return next;
    }

    private static Optional<DkimKey> pending(Handle handle, MailDomain domain, KeyAlgorithm algorithm) {
        return KeysSql.keys(handle, domain).stream()
                .map(KeyRow::shown)
                .filter(key -> key.state() == KeyState.PENDING && key.algorithm() == algorithm)
                .reduce((older, newer) -> newer);
    }

    @Override
    public Outcome<DkimKey> importKey(MailDomain domain, String selector, Secret pem) {
        Outcome<KeyMaterial> read = KeyPem.read(pem);
        return read instanceof Done<KeyMaterial> done ? importKey(domain, selector, done.value()) : refused(read);
    }

    @Override
    public Outcome<DkimKey> importKey(MailDomain domain, String selector, KeyMaterial material) {
        return store(domain, Optional.of(selector), material, "dkim.import");
    }

    private Outcome<DkimKey> store(MailDomain domain, Optional<String> selector, KeyMaterial material, String action) {
        Optional<Outcome<String>> checked = selector.map(given -> Selectors.check(given, domain));
        if (checked.isPresent() && !(checked.get() instanceof Done)) {
            return refused(checked.get());
        }
        Optional<String> name = checked.map(good -> ((Done<String>) good).value());
        Outcome<DkimKey> stored =
                changes.run(taken(name.orElse("")), handle -> store(handle, domain, name, material, action));
        material.wipe();
        return stored;
    }

    private Outcome<DkimKey> store(
            Handle handle, MailDomain name, Optional<String> selector, KeyMaterial material, String action) {
        Optional<HeldDomain> domain = KeysSql.lockDomain(handle, name);
        if (domain.isEmpty()) {
            return unknownDomain(name);
        }
        List<KeyRow> keys = KeysSql.keys(handle, name);
        KeyAlgorithm algorithm = material.algorithm();
        Outcome<String> chosen = ExternalSql.one(handle, domain.get().id()).isPresent()
                ? FixedLabelChoice.choose(handle, keys, algorithm, selector)
                : choose(keys, algorithm, selector);
        if (chosen instanceof Outcome.Refused<String>) {
            return refused(chosen);
        }
        KeyInsertion.Home home = new KeyInsertion.Home(domain.get().id(), name);
        KeyRow row = insertion.insert(handle, home, ((Done<String>) chosen).value(), material, action);
        return Outcome.done(row.shown());
    }

    private Outcome<String> choose(List<KeyRow> keys, KeyAlgorithm algorithm, Optional<String> selector) {
        Set<String> selectors = keys.stream().map(row -> row.shown().selector()).collect(Collectors.toSet());
        LocalDate today = LocalDate.ofInstant(changes.now(), ZoneOffset.UTC);
        return selector.filter(selectors::contains).isPresent()
                ? Outcome.refused(Kind.ALREADY_THERE, taken(selector.get()))
                : Outcome.done(selector.orElseGet(() -> Selectors.dated(today, algorithm, selectors)));
    }

    @Override
    public List<DkimKey> keys() {
        return changes.read(KeysSql::allKeys);
    }

    @Override
    public List<DkimKey> keys(MailDomain domain) {
        return changes.read(handle -> KeysSql.keys(handle, domain)).stream()
                .map(KeyRow::shown)
                .toList();
    }

    @Override
    public Activation activate(long key, ObservedRecords observed) {
        return moves.activate(key, observed);
    }

    @Override
    public Activation rollBack(long key, ObservedRecords observed) {
        return moves.rollBack(key, observed);
    }

    @Override
    public Outcome<DkimKey> retire(long key, Optional<String> reason) {
        return moves.retire(key, reason);
    }

    private void record(Handle handle, HeldDomain domain, String action, Map<String, String> details) {
        String name = domain.name().ascii();
        changes.record(handle, new Changes.Done(domain.tenant(), action, name, details, ChangeKind.DOMAIN, name));
    }

    private static String taken(String selector) {
        return "the selector " + selector + " is taken; choose another one";
    }

    private static <T> Outcome<T> unknownDomain(MailDomain name) {
        return Outcome.refused(
                Kind.UNKNOWN, "nobody holds the domain " + name + "; add it first, with: sealpost domain add " + name);
    }

    private static <T> Outcome<T> refused(Outcome<?> outcome) {
        return new Outcome.Refused<>(((Outcome.Refused<?>) outcome).problem());
    }
}
