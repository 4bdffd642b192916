package io.sealpost.account.jdbc;

import io.sealpost.account.Account;
import io.sealpost.account.AppPassword;
import io.sealpost.account.AppPassword.Kind;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.DeviceAdministration;
import io.sealpost.account.SenderPattern;
import io.sealpost.account.Tenant;
import io.sealpost.database.ChangeKind;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.IpNetwork;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Devices in MariaDB: rows beside the app passwords, with a code that no text has. Thread-safe. */
public final class JdbcDeviceAdministration implements DeviceAdministration {
    private static final int MAC_BYTES = 32;

    private final AccountChanges changes;
    private final SecureRandom random = new SecureRandom();

    /** Changes things as the actor of {@code changes}. */
    public JdbcDeviceAdministration(Changes changes) {
        this.changes = new AccountChanges(changes);
    }

    @Override
    public Outcome<AppPassword> add(EmailAddress address, String label, CredentialBounds bounds) {
        Optional<Problem> shape = shape(bounds);
        if (shape.isPresent()) {
            return new Outcome.Refused<>(shape.get());
        }
        String listener = bounds.listeners().get(0);
        byte[] block = DeviceBlock.of(bounds.networks().get(0).base());
        byte[] mac = new byte[MAC_BYTES];
        random.nextBytes(mac);
        return changes.onAccount(address, (handle, account) -> {
            Instant now = changes.now();
            // One after the other over all accounts, so that no two of them become the same device.
            var unused = AccountSql.lockTenant(handle, Tenant.OPERATOR);
            Optional<Problem> problem = CredentialTerms.problem(handle, account, label, bounds, now)
                    .or(() -> ambiguous(AppPasswordSql.devicesAt(handle, listener, block), bounds));
            if (problem.isPresent()) {
                return new Outcome.Refused<>(problem.get());
            }
            long id = AppPasswordSql.insert(handle, account.id(), mac, label, bounds, now);
            AppPasswordSql.insertDevice(handle, id, listener, block);
            AppPassword made = new AppPassword(id, account.id(), label, now, bounds, Kind.DEVICE, Optional.empty());
            changes.record(handle, account, "device.add", CredentialTerms.details(made), ChangeKind.APP_PASSWORD);
            return Outcome.done(made);
        });
    }

    private static Optional<Problem> shape(CredentialBounds bounds) {
        if (bounds.networks().size() != 1 || bounds.listeners().size() != 1) {
            return CredentialTerms.unfit("a device is known by one network and one listener; give one of each");
        }
        IpNetwork network = bounds.networks().get(0);
        if (!DeviceBlock.holds(network)) {
            return CredentialTerms.unfit(
                    "the network " + network + " is too wide for a device, which shows no password;" + " at most /"
                            + MIN_PREFIX_V4 + " of IPv4 or /" + MIN_PREFIX_V6 + " of IPv6");
        }
        boolean plain =
                bounds.senders().stream().noneMatch(sender -> sender.folded().startsWith("*"));
        return bounds.senders().isEmpty() || !plain
                ? CredentialTerms.unfit("a device has addresses to send as, not all of a domain; name each")
                : Optional.empty();
    }

    private static Optional<Problem> ambiguous(List<AppPassword> neighbours, CredentialBounds bounds) {
        IpNetwork network = bounds.networks().get(0);
        for (AppPassword other : neighbours) {
            IpNetwork its = other.bounds().networks().get(0);
            Optional<SenderPattern> both = bounds.senders().stream()
                    .filter(other.bounds().senders()::contains)
                    .findFirst();
            if (both.isPresent() && (its.covers(network) || network.covers(its))) {
                return Optional.of(new Problem(
                        Problem.Kind.ALREADY_THERE,
                        "the device " + other.id() + " (" + ForeignText.escape(other.label()) + ") of " + its
                                + " sends as " + CredentialTerms.shown(both.get())
                                + " already: nobody could tell the two apart; give this one another sender"));
            }
        }
        return Optional.empty();
    }

    @Override
    public Outcome<List<AppPassword>> list(EmailAddress address) {
        return changes.ofAccount(
                address,
                (handle, account) -> Outcome.done(AppPasswordSql.list(handle, account.id()).stream()
                        .filter(each -> each.kind() == Kind.DEVICE)
                        .toList()));
    }

    @Override
    public Outcome<AppPassword> revoke(EmailAddress address, long id) {
        return changes.onAccount(address, (handle, account) -> {
            Optional<AppPassword> known = known(handle, account, id);
            if (known.isEmpty()) {
                return Outcome.refused(
                        Problem.Kind.UNKNOWN, "the account " + AccountChanges.shown(address) + " has no device " + id);
            }
            AppPasswordSql.delete(handle, id);
            LoginUseSql.forget(handle, account.id(), id);
            changes.record(
                    handle, account, "device.revoke", CredentialTerms.details(known.get()), ChangeKind.APP_PASSWORD);
            return Outcome.done(known.get());
        });
    }

    private static Optional<AppPassword> known(Handle handle, Account account, long id) {
        return AppPasswordSql.find(handle, account.id(), id).filter(each -> each.kind() == Kind.DEVICE);
    }
}
