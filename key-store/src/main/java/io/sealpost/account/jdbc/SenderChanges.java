package io.sealpost.account.jdbc;

import io.sealpost.account.SenderPattern;
import io.sealpost.database.ChangeKind;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import java.util.List;
import java.util.Map;

/** Gives and takes the right to send as others. Thread-safe. */
final class SenderChanges {
    private final AccountChanges changes;

    SenderChanges(AccountChanges changes) {
        this.changes = changes;
    }

    Outcome<SenderPattern> add(EmailAddress address, SenderPattern sender) {
        return changes.onAccount(address, (handle, account) -> {
            // A claim is enough to prepare it; mail goes only when the claim is proven.
            if (!AccountSql.claims(handle, account.tenant(), sender.domain())) {
                return AccountChanges.notHeld(sender.domain());
            }
            if (AccountSql.senders(handle, account.id()).contains(sender.folded())) {
                return Outcome.refused(
                        Kind.ALREADY_THERE, shown(address) + " may send as " + shown(sender) + " already");
            }
            AccountSql.insertSender(handle, account.id(), sender, changes.now());
            changes.record(handle, account, "sender.add", details(sender), ChangeKind.SENDER);
            return Outcome.done(sender);
        });
    }

    Outcome<List<SenderPattern>> list(EmailAddress address) {
        return changes.ofAccount(
                address, (handle, account) -> Outcome.done(AccountSql.senderPatterns(handle, account.id())));
    }

    Outcome<SenderPattern> remove(EmailAddress address, SenderPattern sender) {
        return changes.onAccount(address, (handle, account) -> {
            if (AccountSql.deleteSender(handle, account.id(), sender) == 0) {
                return Outcome.refused(Kind.UNKNOWN, shown(address) + " has no sender " + shown(sender));
            }
            changes.record(handle, account, "sender.remove", details(sender), ChangeKind.SENDER);
            return Outcome.done(sender);
        });
    }

    private static Map<String, String> details(SenderPattern sender) {
        return Map.of("sender", sender.folded());
    }

    private static String shown(Object addressOrPattern) {
        return ForeignText.escape(addressOrPattern.toString());
    }
}
