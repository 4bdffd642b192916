package io.sealpost.keys;

import io.sealpost.mail.MailDomain;
import java.util.List;
import java.util.Optional;

/**
 * Which domains sign with the keys of one above them, where they have no active key of their own. Each change is committed with its row
 * in {@code audit} and in {@code change_feed}. Thread-safe.
 */
public interface ParentKeys {
    /** The domain above whose keys sign for this one, too; empty when the owner has not said so. */
    Optional<MailDomain> of(MailDomain domain);

    /** The domains below that sign with this one's keys, by name. */
    List<MailDomain> usersOf(MailDomain parent);

    /**
     * Says it. Refused: nobody holds one of the two; they are not of one tenant; {@code parent} is not above {@code domain}; or the
     * parent has its keys from above itself.
     */
    Outcome<MailDomain> use(MailDomain domain, MailDomain parent);

    /** Takes it back; done also when it was never said. Refused: nobody holds the domain. */
    Outcome<MailDomain> useOwn(MailDomain domain);
}
