package io.sealpost.keys.jdbc;

import io.sealpost.database.ChangeKind;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.SigningAdministration;
import io.sealpost.keys.SigningChoices;
import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** What domains chose for their signatures, in MariaDB. Thread-safe. */
public final class JdbcSigningAdministration implements SigningAdministration {
    private final Changes changes;

    /** Changes things as the actor of {@code changes}. */
    public JdbcSigningAdministration(Changes changes) {
        this.changes = changes;
    }

    @Override
    public Outcome<SigningChoices> choices(MailDomain domain) {
        return changes.read(handle ->
                KeysSql.domain(handle, domain).isEmpty() ? unknown(domain) : Outcome.done(chosen(handle, domain)));
    }

    @Override
    public Outcome<SigningChoices> choose(MailDomain domain, UnaryOperator<SigningChoices> change) {
        return changes.runPlain(handle -> {
            Optional<HeldDomain> held = KeysSql.lockDomain(handle, domain);
            if (held.isEmpty()) {
                return unknown(domain);
            }
            SigningChoices wanted = change.apply(chosen(handle, domain));
            if (!wanted.fits(domain)) {
                return Outcome.refused(
                        Kind.UNFIT, "i= must be an address, or @ and a domain, in or below " + domain + " (RFC 6376)");
            }
            SigningSql.choose(handle, held.get().id(), wanted, changes.now());
            changes.record(
                    handle,
                    new Changes.Done(
                            held.get().tenant(),
                            "dkim.options",
                            domain.ascii(),
                            details(wanted),
                            ChangeKind.DOMAIN,
                            domain.ascii()));
            return Outcome.done(wanted);
        });
    }

    private static SigningChoices chosen(Handle handle, MailDomain domain) {
        return SigningSql.choices(handle, domain).orElse(SigningChoices.NONE);
    }

    private static Map<String, String> details(SigningChoices choices) {
        Map<String, String> details = new LinkedHashMap<>();
        choices.lifetime().map(Duration::toString).ifPresent(life -> details.put("lifetime", life));
        choices.identity().ifPresent(agent -> details.put("identity", agent));
        details.put("oversigned", String.join(":", choices.oversigned()));
        details.put("signed", String.join(":", choices.signed()));
        details.put("left_out", String.join(":", choices.leftOut()));
        return details;
    }

    private static <T> Outcome<T> unknown(MailDomain name) {
        return Outcome.refused(
                Kind.UNKNOWN, "nobody holds the domain " + name + "; add it first, with: sealpost domain add " + name);
    }
}
