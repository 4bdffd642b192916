package io.sealpost.account.brake.jdbc;

import io.sealpost.account.Tenant;
import io.sealpost.account.brake.Behaviour;
import io.sealpost.account.brake.BrakeReason;
import io.sealpost.account.brake.BrakeSettings.Mode;
import io.sealpost.account.brake.BrakeStore;
import io.sealpost.account.brake.Noticed;
import io.sealpost.account.brake.Owner;
import io.sealpost.account.brake.Suspect;
import io.sealpost.database.ChangeKind;
import io.sealpost.keys.jdbc.Changes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What the nodes know of accounts' behaviour, in MariaDB. Thread-safe. */
public final class JdbcBrakes implements BrakeStore {
    private static final int HABIT_DAYS = 28;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration NETWORKS_KEPT = Duration.ofDays(90);

    private final Changes changes;
    private final int node;

    /** Writes as this node; its brakes stand in the audit trail under the actor of {@code changes}. */
    public JdbcBrakes(Changes changes, int node) {
        this.changes = changes;
        this.node = node;
    }

    static LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    @Override
    public void addDay(Map<Long, Noticed> noticed) {
        if (!noticed.isEmpty()) {
            changes.runPlain(handle -> BehaviourSql.addDay(handle, node, dayOf(changes.now()), noticed));
        }
    }

    @Override
    public void addLogins(Set<Origin> logins) {
        if (!logins.isEmpty()) {
            changes.runPlain(handle -> BehaviourSql.addLogins(handle, logins, changes.now()));
        }
    }

    @Override
    public void addRecipients(Map<Origin, Long> recipients) {
        if (!recipients.isEmpty()) {
            Instant newSince = changes.now().minus(HOUR);
            changes.runPlain(handle -> BehaviourSql.addRecipients(handle, recipients, newSince));
        }
    }

    @Override
    public Behaviour behaviour(long account) {
        return changes.read(handle -> behaviour(handle, account, changes.now()));
    }

    private static Behaviour behaviour(Handle handle, long account, Instant now) {
        LocalDate today = dayOf(now);
        Noticed day = BehaviourSql.day(handle, account, today);
        BrakeSql.State state = BrakeSql.state(handle, account);
        Instant released = state.released().orElse(Instant.EPOCH);
        boolean lately = released.isAfter(now.minus(Duration.ofDays(HABIT_DAYS)));
        boolean releasedToday = dayOf(released).equals(today);
        Noticed at = state.releasedAt();
        return new Behaviour(
                day.recipients(),
                day.refused(),
                BehaviourSql.mean(handle, account, today.minusDays(HABIT_DAYS), today),
                lately ? at.recipients() : 0,
                releasedToday ? new Behaviour.Before(at.recipients(), at.refused()) : new Behaviour.Before(0, 0),
                BehaviourSql.networks(handle, account, now.minus(HOUR), later(released, now.minus(DAY))),
                BehaviourSql.burst(handle, account, later(released, now.minus(HOUR)), now.minus(DAY)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public boolean knows(Origin origin) {
        return changes.read(handle -> BehaviourSql.knows(handle, origin));
    }

    @Override
    public Optional<Suspect> brake(long account, BrakeReason reason) {
        return changes.runPlain(handle -> {
            BrakeSql.ensureRow(handle, account);
            Optional<Owner> owner = BrakeSql.brake(handle, account, reason, changes.now()) == 1
                    ? BrakeSql.owner(handle, account)
                    : Optional.empty();
            owner.ifPresent(one -> record(handle, one, "account.brake", reason));
            return owner.map(one -> new Suspect(one, reason, Mode.HOLD));
        });
    }

    @Override
    public Optional<Suspect> warn(long account, BrakeReason reason) {
        return changes.runPlain(handle -> {
            Instant now = changes.now();
            BrakeSql.ensureRow(handle, account);
            Optional<Owner> owner = BrakeSql.warn(handle, account, reason, now, now.minus(DAY)) == 1
                    ? BrakeSql.owner(handle, account)
                    : Optional.empty();
            owner.ifPresent(one -> record(handle, one, "account.suspicious", reason));
            return owner.map(one -> new Suspect(one, reason, Mode.WARN));
        });
    }

    private void record(Handle handle, Owner owner, String action, BrakeReason reason) {
        String id = Long.toString(owner.account());
        Map<String, String> details = Map.of("reason", reason.sentence());
        changes.record(
                handle,
                new Changes.Done(owner.tenant(), action, owner.address().folded(), details, ChangeKind.LIMIT, id));
    }

    @Override
    public Optional<Owner> owner(long account) {
        return changes.read(handle -> BrakeSql.owner(handle, account));
    }

    @Override
    public Optional<String> operatorLanguage() {
        return changes.read(handle -> BrakeSql.language(handle, Tenant.OPERATOR));
    }

    @Override
    public boolean takeTelling(long account, Instant now) {
        return changes.runPlain(handle -> BrakeSql.takeTelling(handle, account, now)) == 1;
    }

    @Override
    public void untold(long account) {
        changes.runPlain(handle -> BrakeSql.untell(handle, account));
    }

    @Override
    public List<Suspect> untold(Duration age) {
        return changes.read(handle -> {
            List<Suspect> suspects = new ArrayList<>();
            for (long account : BrakeSql.untold(handle, changes.now().minus(age))) {
                Optional<BrakeReason> reason = BrakeSql.state(handle, account).reason();
                BrakeSql.owner(handle, account)
                        .filter(owner -> reason.isPresent())
                        .ifPresent(owner -> suspects.add(new Suspect(owner, reason.get(), Mode.HOLD)));
            }
            return suspects;
        });
    }

    @Override
    public int prune() {
        Instant now = changes.now();
        return changes.read(
                handle -> BehaviourSql.prune(handle, dayOf(now).minusDays(HABIT_DAYS + 1L), now, NETWORKS_KEPT));
    }
}
