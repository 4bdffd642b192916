package io.sealpost.keys.jdbc;

import io.sealpost.database.SqlTimes;
import io.sealpost.keys.SigningChoices;
import io.sealpost.mail.MailDomain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on what domains chose for their signatures; one method is one statement. */
final class SigningSql {
    static final String CHOICES = """
            SELECT s.lifetime, s.identity, s.oversigned, s.signed, s.left_out
            FROM domain d JOIN domain_signing s ON s.domain = d.id
            WHERE d.proven_name = ?""";
    private static final String CHOOSE = """
            INSERT INTO domain_signing (domain, lifetime, identity, oversigned, signed, left_out, changed)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE lifetime = VALUES(lifetime), identity = VALUES(identity), oversigned = VALUES(oversigned),
                signed = VALUES(signed), left_out = VALUES(left_out), changed = VALUES(changed)""";

    private SigningSql() {}

    /** Empty when the domain never chose anything, or is not held. */
    static Optional<SigningChoices> choices(Handle handle, MailDomain domain) {
        return handle.select(CHOICES, domain.ascii())
                .map((row, context) -> choices(row))
                .findOne();
    }

    static void choose(Handle handle, long domain, SigningChoices choices, Instant now) {
        handle.execute(
                CHOOSE,
                domain,
                choices.lifetime().map(Duration::toSeconds).orElse(null),
                choices.identity().orElse(null),
                joined(choices.oversigned()),
                joined(choices.signed()),
                joined(choices.leftOut()),
                SqlTimes.toSql(now));
    }

    private static SigningChoices choices(ResultSet row) throws SQLException {
        Optional<Long> lifetime = Optional.ofNullable(row.getObject("lifetime", Long.class));
        return new SigningChoices(
                lifetime.map(Duration::ofSeconds),
                Optional.ofNullable(row.getString("identity")),
                names(row.getString("oversigned")),
                names(row.getString("signed")),
                names(row.getString("left_out")));
    }

    /** As in {@code h=}: no field's name has a colon. */
    private static String joined(List<String> names) {
        return String.join(":", names);
    }

    private static List<String> names(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(":"));
    }
}
