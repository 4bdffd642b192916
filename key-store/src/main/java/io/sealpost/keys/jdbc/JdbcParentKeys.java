package io.sealpost.keys.jdbc;

import io.sealpost.database.ChangeKind;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.ParentKeys;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.mail.MailDomain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** In MariaDB. Thread-safe. */
public final class JdbcParentKeys implements ParentKeys {
    private final Changes changes;

    /** Changes things as the actor of {@code changes}. */
    public JdbcParentKeys(Changes changes) {
        this.changes = changes;
    }

    @Override
    public Optional<MailDomain> of(MailDomain domain) {
        return changes.read(handle -> ParentKeysSql.of(handle, domain));
    }

    @Override
    public List<MailDomain> usersOf(MailDomain parent) {
        return changes.read(handle -> ParentKeysSql.usersOf(handle, parent));
    }

    @Override
    public Outcome<MailDomain> use(MailDomain domain, MailDomain parent) {
        if (!domain.ascii().endsWith("." + parent.ascii())) {
            return Outcome.refused(
                    Kind.UNFIT,
                    parent + " is not above " + domain + ": a signature of it would not align with From (RFC 7489)");
        }
        return changes.runPlain(handle -> {
            Optional<HeldDomain> above = KeysSql.lockDomain(handle, parent); // As everywhere: above comes first.
            Optional<HeldDomain> below = KeysSql.lockDomain(handle, domain);
            if (above.isEmpty() || below.isEmpty()) {
                return unknown(above.isEmpty() ? parent : domain);
            }
            if (above.get().tenant() != below.get().tenant()) {
                return Outcome.refused(
                        Kind.NOT_HELD, "another tenant holds " + parent + ": its keys sign for its own domains only");
            }
            if (ParentKeysSql.of(handle, parent).isPresent()) {
                return Outcome.refused(
                        Kind.WRONG_STATE,
                        parent + " has its keys from "
                                + ParentKeysSql.of(handle, parent).get() + " itself; name that one");
            }
            ParentKeysSql.use(handle, below.get().id(), above.get().id(), changes.now());
            record(handle, below.get(), Map.of("of", parent.ascii()));
            return Outcome.done(domain);
        });
    }

    @Override
    public Outcome<MailDomain> useOwn(MailDomain domain) {
        return changes.runPlain(handle -> {
            Optional<HeldDomain> held = KeysSql.lockDomain(handle, domain);
            if (held.isEmpty()) {
                return unknown(domain);
            }
            ParentKeysSql.useOwn(handle, held.get().id());
            record(handle, held.get(), Map.of("of", "its own"));
            return Outcome.done(domain);
        });
    }

    private void record(Handle handle, HeldDomain domain, Map<String, String> details) {
        String name = domain.name().ascii();
        changes.record(
                handle, new Changes.Done(domain.tenant(), "domain.keys", name, details, ChangeKind.DOMAIN, name));
    }

    private static <T> Outcome<T> unknown(MailDomain name) {
        return Outcome.refused(
                Kind.UNKNOWN, "nobody holds the domain " + name + "; add it first, with: sealpost domain add " + name);
    }
}
