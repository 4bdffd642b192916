package io.sealpost.keys.jdbc;

import io.sealpost.database.SqlTimes;
import io.sealpost.mail.MailDomain;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code domain_keys_of}; one method is one statement. */
final class ParentKeysSql {
    private static final String OF = """
            SELECT p.name FROM domain d JOIN domain_keys_of k ON k.domain = d.id JOIN domain p ON p.id = k.parent
            WHERE d.proven_name = ? AND p.tenant = d.tenant AND p.proven_name IS NOT NULL""";
    private static final String USERS_OF = """
            SELECT d.name FROM domain p JOIN domain_keys_of k ON k.parent = p.id JOIN domain d ON d.id = k.domain
            WHERE p.proven_name = ? ORDER BY d.name""";
    private static final String USE = """
            REPLACE INTO domain_keys_of (domain, parent, since) VALUES (?, ?, ?)""";
    private static final String USE_OWN = """
            DELETE FROM domain_keys_of WHERE domain = ?""";

    private ParentKeysSql() {}

    static Optional<MailDomain> of(Handle handle, MailDomain domain) {
        return handle.select(OF, domain.ascii()).mapTo(String.class).findOne().map(MailDomain::new);
    }

    static List<MailDomain> usersOf(Handle handle, MailDomain parent) {
        return handle.select(USERS_OF, parent.ascii())
                .mapTo(String.class)
                .map(MailDomain::new)
                .list();
    }

    static void use(Handle handle, long domain, long parent, Instant now) {
        handle.execute(USE, domain, parent, SqlTimes.toSql(now));
    }

    static void useOwn(Handle handle, long domain) {
        handle.execute(USE_OWN, domain);
    }
}
