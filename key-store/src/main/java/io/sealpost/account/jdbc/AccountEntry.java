package io.sealpost.account.jdbc;

import io.sealpost.account.Credential;
import io.sealpost.account.EntryState;
import io.sealpost.account.HeaderFrom;
import io.sealpost.account.MainPasswordUse;
import io.sealpost.account.jdbc.AccountSql.LoginRow;
import io.sealpost.mail.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One reading of an account. Each reading is another object, so that a credential that was looked up beside an older one can be told.
 * Immutable.
 */
final class AccountEntry {
    private final LoginRow row;
    private final Set<String> senders;

    AccountEntry(LoginRow row, Set<String> senders) {
        this.row = row;
        this.senders = Set.copyOf(senders);
    }

    long id() {
        return row.id();
    }

    long tenant() {
        return row.tenant();
    }

    EmailAddress address() {
        return row.address();
    }

    Optional<String> hash() {
        return row.hash();
    }

    /** The main password as a credential, if there is one; each setting of it gives another, since each has a salt of its own. */
    Optional<Credential> mainPassword() {
        return hash().map(hash -> new Credential.Main(HashMark.of(hash)));
    }

    /** Whether a login with that main password still stands: it is the stored one, or was until its hash was raised. */
    boolean stands(Credential.Main login) {
        return hash().map(HashMark::of)
                .filter(mark -> mark.equals(login.mark())
                        || row.rules().hashWas().equals(Optional.of(HashMark.raised(login.mark(), mark))))
                .isPresent();
    }

    /** Whether the main password opens SMTP; where not, app passwords only. */
    boolean takesMainPassword() {
        return row.rules().mainPassword() == MainPasswordUse.ALLOWED;
    }

    /** What becomes of a foreign From. */
    HeaderFrom headerFrom() {
        return row.rules().headerFrom();
    }

    boolean enabled() {
        return row.state() == EntryState.ACTIVE && row.tenantState() == EntryState.ACTIVE;
    }

    /** Whether {@code sender add} covers the address. */
    boolean hasSender(EmailAddress address) {
        return senders.contains(address.folded())
                || senders.contains("*@" + address.domain().ascii());
    }

    boolean isItself(EmailAddress other) {
        return address().folded().equals(other.folded());
    }

    /**
     * The addresses that would be somebody else's if they were accounts, where this one is the account's own with a tag ({@code
     * local+tag@domain}): the whole, and what is left of it without its last tags. Empty where it is no tagged address of the account.
     */
    List<String> tagged(EmailAddress other) {
        String own = address().folded();
        String folded = other.folded();
        int at = own.length() - address().domain().ascii().length() - 1;
        boolean tagged = other.domain().equals(address().domain()) && folded.startsWith(own.substring(0, at) + "+");
        if (!tagged) {
            return List.of();
        }
        List<String> nearer = new ArrayList<>(List.of(folded));
        for (int plus = folded.indexOf('+', at + 1); plus > 0; plus = folded.indexOf('+', plus + 1)) {
            nearer.add(folded.substring(0, plus) + own.substring(at));
        }
        return nearer;
    }
}
