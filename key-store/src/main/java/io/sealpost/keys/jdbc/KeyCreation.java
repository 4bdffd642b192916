package io.sealpost.keys.jdbc;

import io.sealpost.keys.DkimKey;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyMaterial;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Outcome.Done;
import io.sealpost.keys.Problem;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.Sealing;
import io.sealpost.keys.Selectors;
import io.sealpost.keys.jdbc.KeysSql.KeyRow;
import io.sealpost.mail.MailDomain;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Puts new keys of a domain into the database, all of a call or none. Thread-safe. */
final class KeyCreation {
    private final Changes changes;
    private final KeyInsertion insertion;

    KeyCreation(Changes changes, Sealing sealing) {
        this.changes = changes;
        this.insertion = new KeyInsertion(changes, sealing);
    }

    /**
     * A key that is not stored yet.
     *
     * @param selector as somebody typed it; empty: a dated one
     */
    record Fresh(Optional<String> selector, KeyMaterial material) {
        KeyAlgorithm algorithm() {
            return material.algorithm();
        }
    }

    /** In a transaction; the material is wiped. Of several each has an algorithm of its own. */
    Outcome<List<DkimKey>> store(MailDomain domain, List<Fresh> fresh, String action) {
        try {
            String first = fresh.get(0).selector().orElse("");
            return changes.run(taken(first), handle -> store(handle, domain, fresh, action));
        } finally {
            fresh.forEach(key -> key.material().wipe());
        }
    }

    /** Inside a transaction. What is refused is refused before anything is inserted. */
    Outcome<List<DkimKey>> store(Handle handle, MailDomain name, List<Fresh> fresh, String action) {
        Optional<HeldDomain> domain = KeysSql.lockDomain(handle, name);
        if (domain.isEmpty()) {
            return new Outcome.Refused<>(unheld(name));
        }
        List<KeyRow> there = KeysSql.keys(handle, name);
        List<String> selectors = new ArrayList<>();
        for (Fresh key : fresh) {
            Outcome<String> chosen = choose(handle, domain.get(), there, key);
            if (chosen instanceof Outcome.Refused<String> refused) {
                return new Outcome.Refused<>(refused.problem());
            }
            selectors.add(((Done<String>) chosen).value());
        }
        KeyInsertion.Home home = new KeyInsertion.Home(domain.get().id(), name);
        List<DkimKey> stored = new ArrayList<>();
        for (int i = 0; i < fresh.size(); i++) {
            String selector = selectors.get(i);
            there.stream()
                    .filter(row -> row.shown().selector().equals(selector)) // On a fixed label, out of use.
                    .forEach(row -> KeysSql.deleteKey(handle, row));
            KeyRow row = insertion.insert(handle, home, selector, fresh.get(i).material(), action);
            stored.add(row.shown());
        }
        return Outcome.done(stored);
    }

    private Outcome<String> choose(Handle handle, HeldDomain domain, List<KeyRow> keys, Fresh key) {
        Optional<Outcome<String>> typed = key.selector().map(given -> Selectors.check(given, domain.name()));
        if (typed.isPresent() && typed.get() instanceof Outcome.Refused<String>) {
            return typed.get();
        }
        Optional<String> selector = typed.map(good -> ((Done<String>) good).value());
        if (ExternalSql.one(handle, domain.id()).isPresent()) {
            return FixedLabelChoice.choose(keys, key.algorithm(), selector);
        }
        Set<String> selectors = keys.stream().map(row -> row.shown().selector()).collect(Collectors.toSet());
        LocalDate today = LocalDate.ofInstant(changes.now(), ZoneOffset.UTC);
        return selector.filter(selectors::contains).isPresent()
                ? Outcome.refused(Kind.ALREADY_THERE, taken(selector.get()))
                : Outcome.done(selector.orElseGet(() -> Selectors.dated(today, key.algorithm(), selectors)));
    }

    static String taken(String selector) {
        return "the selector " + selector + " is taken; choose another one";
    }

    static Problem unheld(MailDomain name) {
        return new Problem(
                Kind.UNKNOWN, "nobody holds the domain " + name + "; add it first, with: sealpost domain add " + name);
    }
}
