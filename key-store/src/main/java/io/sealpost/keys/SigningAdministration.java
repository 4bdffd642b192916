package io.sealpost.keys;

import io.sealpost.mail.MailDomain;
import java.util.function.UnaryOperator;

/** How a domain's signatures are made, as commands read and change it. Thread-safe. */
public interface SigningAdministration {
    /** What was chosen; refused when nobody holds the domain. */
    Outcome<SigningChoices> choices(MailDomain domain);

    /**
     * Changes what was chosen, one change of a domain after the other. Refused: nobody holds the domain; {@code i=} is not in or below it.
     * Running nodes follow within seconds; what is signed already stays as it is.
     *
     * @param change from what holds to what is wanted; an exception of it changes nothing
     */
    Outcome<SigningChoices> choose(MailDomain domain, UnaryOperator<SigningChoices> change);
}
