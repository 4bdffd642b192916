package io.sealpost.account.brake.jdbc;

import io.sealpost.account.brake.BrakeAdministration;
import io.sealpost.account.brake.BrakeReason;
import io.sealpost.account.brake.Noticed;
import io.sealpost.account.brake.Owner;
import io.sealpost.database.ChangeKind;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Brakes for administrators. Thread-safe. */
public final class JdbcBrakeAdministration implements BrakeAdministration {
    private final Changes changes;

    /** Changes things as the actor of {@code changes}. */
    public JdbcBrakeAdministration(Changes changes) {
        this.changes = changes;
    }

    @Override
    public Outcome<State> state(EmailAddress account) {
        return changes.read(handle -> BrakeSql.owner(handle, account)
                .map(owner -> Outcome.done(state(handle, owner)))
                .orElseGet(() -> unknown(account)));
    }

    private State state(Handle handle, Owner owner) {
        BrakeSql.State state = BrakeSql.state(handle, owner.account());
        Noticed today = BehaviourSql.day(handle, owner.account(), JdbcBrakes.dayOf(changes.now()));
        return new State(owner.account(), state.braked(), state.reason(), today);
    }

    @Override
    public Outcome<State> release(EmailAddress account, Optional<String> reason) {
        return changes.run(
                "it is there already",
                handle -> BrakeSql.owner(handle, account)
                        .map(owner -> {
                            State before = state(handle, owner);
                            if (before.since().isPresent()) {
                                BrakeSql.release(handle, owner.account(), changes.now(), before.today());
                                Map<String, String> details = details(reason);
                                before.reason().map(BrakeReason::sentence).ifPresent(why -> details.put("braked", why));
                                record(handle, owner, "account.release", details);
                            }
                            return Outcome.done(before);
                        })
                        .orElseGet(() -> unknown(account)));
    }

    @Override
    public Outcome<State> noteDropped(EmailAddress account, int deliveries, Optional<String> reason) {
        return changes.run(
                "it is there already",
                handle -> BrakeSql.owner(handle, account)
                        .map(owner -> {
                            Map<String, String> details = details(reason);
                            details.put("deliveries", Integer.toString(deliveries));
                            record(handle, owner, "account.drop-held", details);
                            return Outcome.done(state(handle, owner));
                        })
                        .orElseGet(() -> unknown(account)));
    }

    private void record(Handle handle, Owner owner, String action, Map<String, String> details) {
        String id = Long.toString(owner.account());
        changes.record(
                handle,
                new Changes.Done(owner.tenant(), action, owner.address().folded(), details, ChangeKind.LIMIT, id));
    }

    private static Map<String, String> details(Optional<String> reason) {
        Map<String, String> details = new HashMap<>();
        reason.ifPresent(text -> details.put("reason", text));
        return details;
    }

    private static Outcome<State> unknown(EmailAddress account) {
        return Outcome.refused(Kind.UNKNOWN, "there is no account " + ForeignText.escape(account.toString()));
    }
}
