package io.sealpost.account.jdbc;

import io.sealpost.account.Account;
import io.sealpost.account.AppPassword;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.SenderPattern;
import io.sealpost.keys.Problem;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.mail.ForeignText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What app passwords and devices must be, and how the audit trail tells of them. */
final class CredentialTerms {
    private static final int MAX_LABEL = 100;

    private CredentialTerms() {}

    /** What is wrong with a label and bounds that an account's credential is to have; empty: nothing. */
    static Optional<Problem> problem(
            Handle handle, Account account, String label, CredentialBounds bounds, Instant now) {
        if (label.isBlank() || label.length() > MAX_LABEL) {
            return unfit("a label of 1 to " + MAX_LABEL + " characters says which device or application it is");
        }
        if (bounds.hasEnded(now)) {
            return unfit("its end, " + bounds.expires().orElseThrow() + ", is past; give a later one");
        }
        List<SenderPattern> given = AccountSql.senderPatterns(handle, account.id());
        return bounds.senders().stream()
                .filter(sender -> !isOwn(account, sender) && given.stream().noneMatch(each -> each.covers(sender)))
                .findFirst()
                .map(sender -> new Problem(
                        Kind.NOT_HELD,
                        AccountChanges.shown(account.address()) + " may not send as " + shown(sender)
                                + ", so nothing of it may; first: sealpost sender add "
                                + AccountChanges.shown(account.address()) + " " + shown(sender)));
    }

    static Optional<Problem> unfit(String sentence) {
        return Optional.of(new Problem(Kind.UNFIT, sentence));
    }

    /** The account's own address, with or without a tag. */
    private static boolean isOwn(Account account, SenderPattern sender) {
        String own = account.address().folded();
        int at = own.lastIndexOf('@');
        return sender.folded().equals(own)
                || (sender.domain().equals(account.address().domain())
                        && sender.folded().startsWith(own.substring(0, at) + "+"));
    }

    static Map<String, String> details(AppPassword credential) {
        Map<String, String> details = new TreeMap<>();
        details.put("id", Long.toString(credential.id()));
        details.put("label", credential.label());
        BoundsJson.write(credential.bounds()).ifPresent(bounds -> details.put("bounds", bounds));
        return details;
    }

    /** What it is now, and what it was. */
    static Map<String, String> details(AppPassword before, AppPassword now) {
        Map<String, String> details = new TreeMap<>(details(now));
        if (!before.label().equals(now.label())) {
            details.put("label_before", before.label());
        }
        if (!before.bounds().equals(now.bounds())) {
            details.put("bounds_before", BoundsJson.write(before.bounds()).orElse("{}"));
        }
        return details;
    }

    static String shown(SenderPattern sender) {
        return ForeignText.escape(sender.toString());
    }
}
