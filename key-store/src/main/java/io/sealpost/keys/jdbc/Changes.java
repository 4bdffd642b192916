package io.sealpost.keys.jdbc;

import io.sealpost.database.Audit;
import io.sealpost.database.AuditEntry;
import io.sealpost.database.ChangeFeed;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.SqlTrouble;
import io.sealpost.database.Transactions;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** How the administrations of this module change things: one transaction, with who did what in it. Thread-safe. */
public final class Changes {
    private final Transactions transactions;
    private final Clock clock;
    private final String actor;

    /** Changes made by {@code actor}, as {@code root@host}. */
    public Changes(Transactions transactions, Clock clock, String actor) {
        this.transactions = transactions;
        this.clock = clock;
        this.actor = Objects.requireNonNull(actor, "actor is null");
    }

    /**
     * What was done, for the audit trail and for the nodes.
     *
     * @param tenant whose thing was changed
     * @param action as {@code account.add}
     * @param subject to which thing
     * @param details more facts, never a secret
     * @param kind which caches are to drop it
     * @param feedSubject as {@code kind} says
     */
    public record Done(
            long tenant,
            String action,
            String subject,
            Map<String, String> details,
            ChangeKind kind,
            String feedSubject) {
        /** Copies the details. */
        public Done {
            details = Map.copyOf(details);
        }
    }

    /** The time of a change, as its column keeps it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Runs a read-only work in autocommit. */
    public <T> T read(Transactions.Work<T> work) {
        return transactions.read(work);
    }

    /** Runs a work whose refusals have changed nothing; {@code exists} is the refusal when another was quicker to add the same. */
    public <T> Outcome<T> run(String exists, Transactions.Work<Outcome<T>> work) {
        try {
            return transactions.run(work);
        } catch (RuntimeException failure) {
            if (SqlTrouble.of(failure) == SqlTrouble.DUPLICATE_KEY) {
                return Outcome.refused(Kind.ALREADY_THERE, exists);
            }
            throw failure;
        }
    }

    /** Runs a work that ends in something of its own. */
    public <T> T runPlain(Transactions.Work<T> work) {
        return transactions.run(work);
    }

    /** Writes down for people what no node needs to hear of, inside its transaction. */
    void audit(Handle handle, long tenant, String action, String subject, Map<String, String> details) {
        Audit.append(handle, new AuditEntry(tenant, actor, action, subject, details, now()));
    }

    /** Writes down what was done, inside its transaction. */
    public void record(Handle handle, Done done) {
        Instant now = now();
        Audit.append(handle, new AuditEntry(done.tenant(), actor, done.action(), done.subject(), done.details(), now));
        ChangeFeed.append(handle, done.kind(), done.feedSubject(), now);
    }
}
