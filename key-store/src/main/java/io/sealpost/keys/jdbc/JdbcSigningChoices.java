package io.sealpost.keys.jdbc;

import io.sealpost.database.Change;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.ChangeListener;
import io.sealpost.database.Transactions;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.SigningChoices;
import io.sealpost.mail.MailDomain;
import java.util.Optional;
import java.util.function.Function;

/** What domains chose for their signatures, for the signing path, kept until the feed tells of a change. Thread-safe. */
public final class JdbcSigningChoices implements Function<MailDomain, SigningChoices> {
    private final Transactions transactions;
    private final FeedCache<MailDomain, SigningChoices> known;

    /** Answers from these transactions; {@code feed} drops what changed. */
    public JdbcSigningChoices(Transactions transactions, ChangeFeedReader feed, CacheBounds bounds) {
        this.transactions = transactions;
        this.known = new FeedCache<>(bounds, feed::trusted);
        feed.listen(new Dropping());
    }

    /** What the domain chose; {@link SigningChoices#NONE} for one that did not. */
    @Override
    public SigningChoices apply(MailDomain domain) {
        return known.find(domain, this::load).orElseThrow();
    }

    private Optional<SigningChoices> load(MailDomain domain) {
        return Optional.of(
                transactions.read(handle -> SigningSql.choices(handle, domain)).orElse(SigningChoices.NONE));
    }

    private final class Dropping implements ChangeListener {
        @Override
        public void changed(Change change) {
            if (change.kind() == ChangeKind.DOMAIN) {
                MailDomain.tryParse(change.subject()).ifPresentOrElse(known::drop, known::dropAll);
            }
        }

        @Override
        public void dropAll() {
            known.dropAll();
        }
    }
}
