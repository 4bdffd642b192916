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
import io.sealpost.keys.jdbc.KeyCreation.Fresh;
import io.sealpost.keys.jdbc.KeysSql.KeyRow;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Domains and keys in MariaDB. Thread-safe. */
public final class JdbcKeyAdministration implements KeyAdministration {
    private final Changes changes;
    private final KeyCreation creation;
    private final KeyMoves moves;

    /** Changes things as the actor of {@code changes}. */
    public JdbcKeyAdministration(Changes changes, Sealing sealing) {
        this.changes = changes;
        this.creation = new KeyCreation(changes, sealing);
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
    public Outcome<List<DkimKey>> createKeys(MailDomain domain, List<NewKey> wanted) {
        if (domain(domain).isEmpty()) {
            return unknownDomain(domain); // Before a second of work on its primes.
        }
        List<Fresh> fresh = new ArrayList<>();
        for (NewKey key : wanted) {
            Outcome<KeyMaterial> made = KeyMaterial.generate(key.algorithm(), key.bits());
            if (!(made instanceof Done<KeyMaterial> done)) {
                return refused(made);
            }
            fresh.add(new Fresh(key.selector(), done.value()));
        }
        return creation.store(domain, fresh, "dkim.create");
    }

    @Override
    public Outcome<DkimKey> nextKey(MailDomain domain, NewKey wanted, long follows) {
        if (domain(domain).isEmpty()) {
            return unknownDomain(domain);
        }
        Optional<DkimKey> there = changes.read(handle -> next(handle, domain, wanted.algorithm(), follows));
        if (there.isPresent()) {
            return Outcome.done(there.get());
        }
        Outcome<KeyMaterial> made = KeyMaterial.generate(wanted.algorithm(), wanted.bits());
        return made instanceof Done<KeyMaterial> done ? storeNext(domain, done.value(), follows) : refused(made);
    }

    private Outcome<DkimKey> storeNext(MailDomain domain, KeyMaterial material, long follows) {
        List<Fresh> fresh = List.of(new Fresh(Optional.empty(), material));
        Outcome<List<DkimKey>> next = changes.run(KeyCreation.taken(""), handle -> {
            KeysSql.lockDomain(handle, domain);
            return next(handle, domain, material.algorithm(), follows)
                    .map(List::of)
                    .map(Outcome::done) // Another was quicker.
                    .orElseGet(() -> creation.store(handle, domain, fresh, "dkim.create"));
        });
        material.wipe();
        return first(next);
    }

    /** The key that another rotation has switched to, or the newest that waits for its record. */
    private static Optional<DkimKey> next(Handle handle, MailDomain domain, KeyAlgorithm algorithm, long follows) {
        List<DkimKey> keys = KeysSql.keys(handle, domain).stream()
                .map(KeyRow::shown)
                .filter(key -> key.algorithm() == algorithm)
                .toList();
        return keys.stream()
                .filter(key -> key.state() == KeyState.ACTIVE && key.id() != follows)
                .findFirst()
                .or(() -> keys.stream()
                        .filter(key -> key.state() == KeyState.PENDING)
                        .reduce((older, newer) -> newer));
    }

    @Override
    public Outcome<DkimKey> importKey(MailDomain domain, String selector, Secret pem) {
        Outcome<KeyMaterial> read = KeyPem.read(pem);
        return read instanceof Done<KeyMaterial> done ? importKey(domain, selector, done.value()) : refused(read);
    }

    @Override
    public Outcome<DkimKey> importKey(MailDomain domain, String selector, KeyMaterial material) {
        return first(creation.store(domain, List.of(new Fresh(Optional.of(selector), material)), "dkim.import"));
    }

    private static Outcome<DkimKey> first(Outcome<List<DkimKey>> outcome) {
        return outcome instanceof Done<List<DkimKey>> done
                ? Outcome.done(done.value().get(0))
                : refused(outcome);
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

    private static <T> Outcome<T> unknownDomain(MailDomain name) {
        return new Outcome.Refused<>(KeyCreation.unheld(name));
    }

    private static <T> Outcome<T> refused(Outcome<?> outcome) {
        return new Outcome.Refused<>(((Outcome.Refused<?>) outcome).problem());
    }
}
