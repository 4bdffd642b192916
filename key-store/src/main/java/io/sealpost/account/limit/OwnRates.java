package io.sealpost.account.limit;

import io.sealpost.mail.Rate;
import java.util.List;
import java.util.Optional;

/**
 * What an account was given in place of the limits of the settings.
 *
 * @param messages empty: those of the settings; an empty list: none
 * @param recipients the same of recipients
 */
public record OwnRates(Optional<List<Rate>> messages, Optional<List<Rate>> recipients) {
    /** Those of the settings hold. */
    public static final OwnRates DEFAULT = new OwnRates(Optional.empty(), Optional.empty());

    /** Copies the lists. */
    public OwnRates {
        messages = messages.map(List::copyOf);
        recipients = recipients.map(List::copyOf);
    }

    /** What holds for the account. */
    public Rates over(Rates settings) {
        return new Rates(messages.orElse(settings.messages()), recipients.orElse(settings.recipients()));
    }
}
