package io.sealpost.account.jdbc;

import io.sealpost.account.Account;
import io.sealpost.account.AppPassword;
import io.sealpost.account.AppPassword.Kind;
import io.sealpost.account.AppPasswordAdministration;
import io.sealpost.account.AppPasswordText;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.NewAppPassword;
import io.sealpost.database.ChangeKind;
import io.sealpost.keys.DataKeys;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** App passwords in MariaDB. Thread-safe. */
public final class JdbcAppPasswordAdministration implements AppPasswordAdministration {
    private final AccountChanges changes;
    private final AppPasswordMac macs;
    private final SecureRandom random = new SecureRandom();

    /** Changes things as the actor of {@code changes}. */
    public JdbcAppPasswordAdministration(Changes changes, DataKeys dataKeys) {
        this.changes = new AccountChanges(changes);
        this.macs = new AppPasswordMac(dataKeys);
    }

    @Override
    public Outcome<NewAppPassword> create(EmailAddress address, String label, CredentialBounds bounds) {
        Secret password = AppPasswordText.generate(random);
        return changes.onAccount(address, (handle, account) -> {
            Instant now = changes.now();
            Optional<Problem> problem = CredentialTerms.problem(handle, account, label, bounds, now);
            if (problem.isPresent()) {
                return new Outcome.Refused<>(problem.get());
            }
            byte[] mac = macs.of(account.id(), password).orElseThrow();
            long id = AppPasswordSql.insert(handle, account.id(), mac, label, bounds, now);
            AppPassword made = new AppPassword(id, account.id(), label, now, bounds, Kind.PASSWORD, Optional.empty());
            changes.record(
                    handle, account, "app-password.create", CredentialTerms.details(made), ChangeKind.APP_PASSWORD);
            return Outcome.done(new NewAppPassword(made, password));
        });
    }

    @Override
    public Outcome<List<AppPassword>> list(EmailAddress address) {
        return changes.ofAccount(address, (handle, account) -> Outcome.done(all(handle, account)));
    }

    private static List<AppPassword> all(Handle handle, Account account) {
        return AppPasswordSql.list(handle, account.id()).stream()
                .filter(each -> each.kind() == Kind.PASSWORD)
                .toList();
    }

    @Override
    public Outcome<AppPassword> find(EmailAddress address, long id) {
        return changes.ofAccount(
                address,
                (handle, account) ->
                        known(handle, account, id).map(Outcome::done).orElseGet(() -> unknown(address, id)));
    }

    private static Optional<AppPassword> known(Handle handle, Account account, long id) {
        return AppPasswordSql.find(handle, account.id(), id).filter(each -> each.kind() == Kind.PASSWORD);
    }

    private static <T> Outcome<T> unknown(EmailAddress address, long id) {
        return Outcome.refused(
                Problem.Kind.UNKNOWN, "the account " + AccountChanges.shown(address) + " has no app password " + id);
    }

    @Override
    public Outcome<AppPassword> update(
            EmailAddress address, long id, Optional<String> label, UnaryOperator<CredentialBounds> change) {
        return changes.onAccount(address, (handle, account) -> {
            Optional<AppPassword> known = known(handle, account, id);
            return known.isPresent()
                    ? update(
                            handle,
                            account,
                            known.get(),
                            label.orElse(known.get().label()),
                            change)
                    : unknown(address, id);
        });
    }

    private Outcome<AppPassword> update(
            Handle handle, Account account, AppPassword was, String label, UnaryOperator<CredentialBounds> change) {
        CredentialBounds bounds = change.apply(was.bounds());
        Optional<Problem> problem = CredentialTerms.problem(handle, account, label, bounds, changes.now());
        if (problem.isPresent()) {
            return new Outcome.Refused<>(problem.get());
        }
        AppPassword now =
                new AppPassword(was.id(), was.account(), label, was.created(), bounds, was.kind(), was.lastUse());
        AppPasswordSql.update(handle, now);
        changes.record(
                handle, account, "app-password.update", CredentialTerms.details(was, now), ChangeKind.APP_PASSWORD);
        return Outcome.done(now);
    }

    @Override
    public Outcome<AppPassword> revoke(EmailAddress address, long id) {
        return changes.onAccount(address, (handle, account) -> {
            Optional<AppPassword> known = known(handle, account, id);
            if (known.isEmpty()) {
                return unknown(address, id);
            }
            revoke(handle, account, known.get());
            return Outcome.done(known.get());
        });
    }

    @Override
    public Outcome<List<AppPassword>> revokeAll(EmailAddress address) {
        return changes.onAccount(address, (handle, account) -> {
            List<AppPassword> all = all(handle, account);
            all.forEach(each -> revoke(handle, account, each));
            return Outcome.done(all);
        });
    }

    private void revoke(Handle handle, Account account, AppPassword known) {
        AppPasswordSql.delete(handle, known.id());
        LoginUseSql.forget(handle, account.id(), known.id());
        changes.record(handle, account, "app-password.revoke", CredentialTerms.details(known), ChangeKind.APP_PASSWORD);
    }
}
