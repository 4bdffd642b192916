package io.sealpost.keys.jdbc;

import io.sealpost.keys.Delegation;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.ExternalDomain.Proof;
import io.sealpost.keys.ExternalDomain.State;
import io.sealpost.keys.ExternalDomains;
import io.sealpost.keys.FixedLabels;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyMaterial;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.ObservedDelegation;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.Sealing;
import io.sealpost.keys.jdbc.ExternalSql.ExternalRow;
import io.sealpost.keys.jdbc.KeysSql.KeyRow;
import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** External domains in MariaDB. Thread-safe. */
public final class JdbcExternalDomains implements ExternalDomains {
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Changes changes;
    private final KeyInsertion insertion;
    private final DelegationSettings settings;
    private final DelegationMoves moves;

    /** Changes things as the actor of {@code changes}. */
    public JdbcExternalDomains(Changes changes, Sealing sealing, DelegationSettings settings) {
        this.changes = changes;
        this.insertion = new KeyInsertion(changes, sealing);
        this.settings = settings;
        this.moves = new DelegationMoves(changes, settings);
    }

    @Override
    public Outcome<ExternalDomain> claim(long tenant, MailDomain name, MailDomain zone) {
        Optional<Outcome<ExternalDomain>> known = changes.read(handle -> known(handle, tenant, name));
        if (known.isPresent()) {
            return known.get();
        }
        List<KeyMaterial> keys = List.of(made(KeyAlgorithm.RSA), made(KeyAlgorithm.ED25519));
        try {
            return changes.run(
                    "the domain " + name + " is being added already",
                    handle -> known(handle, tenant, name)
                            .orElseGet(() -> Outcome.done(claim(handle, tenant, name, zone, keys))));
        } finally {
            keys.forEach(KeyMaterial::wipe);
        }
    }

    /** How a claim ends that needs nothing new. */
    private static Optional<Outcome<ExternalDomain>> known(Handle handle, long tenant, MailDomain name) {
        Optional<String> objection = DomainNames.objection(name);
        if (objection.isPresent()) {
            return Optional.of(Outcome.refused(Kind.UNFIT, objection.get()));
        }
        if (!KeysSql.tenantExists(handle, tenant)) {
            return Optional.of(Outcome.refused(Kind.UNKNOWN, "there is no tenant " + tenant));
        }
        Optional<ExternalRow> claim = ExternalSql.claimOf(handle, tenant, name);
        if (claim.isPresent()) {
            return Optional.of(Outcome.done(claim.get().shown()));
        }
        boolean held = KeysSql.domain(handle, name)
                .filter(domain -> domain.tenant() == tenant)
                .isPresent();
        return held
                ? Optional.of(Outcome.refused(
                        Kind.ALREADY_THERE, "the tenant holds the domain " + name + " already, on the operator's word"))
                : Optional.empty();
    }

    private ExternalDomain claim(Handle handle, long tenant, MailDomain name, MailDomain zone, List<KeyMaterial> keys) {
        Instant now = changes.now();
        Proof none = new Proof(State.CLAIMED, now, Optional.empty(), Optional.empty());
        String token = settings.tokens().get();
        ExternalSql.insertToken(handle, new ExternalDomain(0, tenant, name, token, zone, none), now);
        long id = ExternalSql.insertClaim(handle, tenant, name, now);
        ExternalSql.insertExternal(handle, id, token, now);
        for (KeyMaterial key : keys) {
            String label = FixedLabels.of(key.algorithm()).get(0);
            insertion.insert(handle, new KeyInsertion.Home(id, name), label, key, "dkim.create");
        }
        ExternalDomain claimed = new ExternalDomain(id, tenant, name, token, zone, none);
        moves.record(handle, claimed, "domain.claim", Map.of("token", token));
        return claimed;
    }

    private static KeyMaterial made(KeyAlgorithm algorithm) {
        Outcome<KeyMaterial> made =
                KeyMaterial.generate(algorithm, NewKey.of(algorithm).bits());
        return ((Outcome.Done<KeyMaterial>) made).value();
    }

    @Override
    public List<ExternalDomain> all() {
        return shown(changes.read(ExternalSql::all));
    }

    @Override
    public List<ExternalDomain> of(MailDomain name) {
        return shown(changes.read(handle -> ExternalSql.ofName(handle, name)));
    }

    @Override
    public Optional<ExternalDomain> holder(MailDomain name) {
        return changes.read(handle -> ExternalSql.holder(handle, name)).map(ExternalRow::shown);
    }

    private static List<ExternalDomain> shown(List<ExternalRow> rows) {
        return rows.stream().map(ExternalRow::shown).toList();
    }

    @Override
    public List<DkimKey> keys(ExternalDomain domain) {
        return changes.read(handle -> KeysSql.keysOfRow(handle, domain.id())).stream()
                .map(KeyRow::shown)
                .toList();
    }

    @Override
    public Optional<Delegation> look(ExternalDomain domain, ObservedDelegation seen) {
        Outcome<Optional<Delegation>> looked = changes.run(
                "another was quicker",
                handle ->
                        Outcome.done(ExternalSql.lock(handle, domain.id()).map(row -> moves.look(handle, row, seen))));
        if (looked instanceof Outcome.Done<Optional<Delegation>> done) {
            return done.value();
        }
        // Two proofs at once: the name has one holder, and it is the other.
        return changes.read(handle -> ExternalSql.one(handle, domain.id()))
                .map(row -> new Delegation(row.shown(), Delegation.Change.OTHERS, changes.now()));
    }

    @Override
    public List<ExternalDomain> due(int most) {
        Instant now = changes.now();
        List<ExternalDomain> mine = new ArrayList<>();
        for (ExternalRow row : changes.read(handle -> ExternalSql.due(handle, now, most))) {
            Instant next = settings.afterDoubt(now);
            if (changes.read(handle -> ExternalSql.take(handle, row, next)) == 1) {
                mine.add(row.shown());
            }
        }
        return mine;
    }

    @Override
    public Outcome<ExternalDomain> remove(ExternalDomain domain) {
        return changes.runPlain(handle -> {
            Optional<ExternalRow> row = ExternalSql.lock(handle, domain.id());
            if (row.isEmpty()) {
                return Outcome.refused(Kind.UNKNOWN, "the domain " + domain.name() + " was removed already");
            }
            ExternalSql.markRemoved(handle, domain.id(), changes.now());
            int keys = KeysSql.deleteKeys(handle, domain.id());
            KeysSql.deleteDomain(handle, domain.id());
            moves.record(handle, row.get().shown(), "domain.remove", Map.of("keys", Integer.toString(keys)));
            return Outcome.done(row.get().shown());
        });
    }

    @Override
    public List<ExternalDomain> removed() {
        Instant after = changes.now().minus(REMEMBERED);
        return changes.read(handle -> ExternalSql.removed(handle, after));
    }
}
