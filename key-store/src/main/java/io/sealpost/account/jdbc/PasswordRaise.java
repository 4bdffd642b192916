package io.sealpost.account.jdbc;

import io.sealpost.account.PasswordHasher;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.database.Transactions;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a fresh hash in the place of an imported or a cheap one when its password was just seen. Thread-safe. */
final class PasswordRaise {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordRaise.class);

    private final Transactions transactions;
    private final PasswordHasher hasher;

    PasswordRaise(Transactions transactions, PasswordHasher hasher) {
        this.transactions = transactions;
        this.hasher = hasher;
    }

    /** What became of the stored hash. */
    enum Raised {
        /** It stands as it was read. */
        STAYS,
        /** It is another now: what was read of the account is old. */
        REPLACED
    }

    /** The password is the account's. What cannot be done now is done at the next login; open sessions go on. */
    Raised afterLogin(AccountEntry account, Secret password) {
        String stored = account.hash().orElseThrow();
        if (!hasher.isOutdated(stored)) {
            return Raised.STAYS;
        }
        try {
            String fresh = hasher.hash(password);
            int changed = transactions.run(handle -> HashSql.raise(handle, account.id(), stored, fresh));
            if (changed > 0) {
                LOG.info(
                        "the stored hash of {} was replaced by one of today's settings",
                        ForeignText.escape(account.address().toString()));
            }
            return Raised.REPLACED;
        } catch (StoreUnavailable away) {
            LOG.info("a stored hash is replaced at the next login: {}", away.getMessage());
            return Raised.STAYS;
        }
    }
}
