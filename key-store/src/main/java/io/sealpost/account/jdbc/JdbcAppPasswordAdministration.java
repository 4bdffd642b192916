package io.sealpost.account.jdbc;

import io.sealpost.account.Account;
import io.sealpost.account.AppPassword;
import io.sealpost.account.AppPasswordAdministration;
import io.sealpost.account.AppPasswordText;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.NewAppPassword;
import io.sealpost.account.SenderPattern;
import io.sealpost.database.ChangeKind;
import io.sealpost.keys.DataKeys;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** App passwords in MariaDB. Thread-safe. */
public final class JdbcAppPasswordAdministration implements AppPasswordAdministration {
    private static final int MAX_LABEL = 100;

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
            Optional<Problem> problem = labelProblem(label).or(() -> problem(handle, account, bounds, now));
            if (problem.isPresent()) {
                return Outcome.refused(problem.get().kind(), problem.get().sentence());
            }
            byte[] mac = macs.of(account.id(), password).orElseThrow();
            long id = AppPasswordSql.insert(handle, account.id(), mac, label, bounds, now);
            AppPassword made = new AppPassword(id, account.id(), label, now, bounds);
            changes.record(handle, account, "app-password.create", details(made), ChangeKind.APP_PASSWORD);
            return Outcome.done(new NewAppPassword(made, password));
        });
    }

    private static Optional<Problem> labelProblem(String label) {
        return label.isBlank() || label.length() > MAX_LABEL
                ? Optional.of(new Problem(
                        Kind.UNFIT,
                        "a label of 1 to " + MAX_LABEL
                                + " characters says which device or application has the password"))
                : Optional.empty();
    }

    private static Optional<Problem> problem(Handle handle, Account account, CredentialBounds bounds, Instant now) {
        if (bounds.expires().filter(end -> !end.isAfter(now)).isPresent()) {
            return Optional.of(new Problem(
                    Kind.UNFIT,
                    "the end of the app password, " + bounds.expires().get() + ", is past; give a later one"));
        }
        List<SenderPattern> own = AccountSql.senderPatterns(handle, account.id());
        return bounds.senders().stream()
                .filter(sender -> !ownAddress(account, sender) && own.stream().noneMatch(each -> each.covers(sender)))
                .findFirst()
                .map(sender -> new Problem(
                        Kind.NOT_HELD,
                        AccountChanges.shown(account.address()) + " may not send as " + shown(sender)
                                + " itself, so no app password of it may; first: sealpost sender add "
                                + AccountChanges.shown(account.address()) + " " + shown(sender)));
    }

    /** The account's own address, with or without a tag. */
    private static boolean ownAddress(Account account, SenderPattern sender) {
        String own = account.address().folded();
        int at = own.lastIndexOf('@');
        return sender.folded().equals(own)
                || (sender.domain().equals(account.address().domain())
                        && sender.folded().startsWith(own.substring(0, at) + "+"));
    }

    @Override
    public Outcome<List<AppPassword>> list(EmailAddress address) {
        return changes.ofAccount(address, (handle, account) -> Outcome.done(AppPasswordSql.list(handle, account.id())));
    }

    @Override
    public Outcome<AppPassword> revoke(EmailAddress address, long id) {
        return changes.onAccount(address, (handle, account) -> {
            Optional<AppPassword> known = AppPasswordSql.find(handle, account.id(), id);
            if (known.isEmpty()) {
                return Outcome.refused(
                        Kind.UNKNOWN, "the account " + AccountChanges.shown(address) + " has no app password " + id);
            }
            AppPasswordSql.delete(handle, id);
            changes.record(handle, account, "app-password.revoke", details(known.get()), ChangeKind.APP_PASSWORD);
            return Outcome.done(known.get());
        });
    }

    private static Map<String, String> details(AppPassword password) {
        Map<String, String> details = new TreeMap<>();
        details.put("id", Long.toString(password.id()));
        details.put("label", password.label());
        BoundsJson.write(password.bounds()).ifPresent(bounds -> details.put("bounds", bounds));
        return details;
    }

    private static String shown(SenderPattern sender) {
        return ForeignText.escape(sender.toString());
    }
}
