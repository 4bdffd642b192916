package io.sealpost.keys;

import io.sealpost.mail.MailDomain;
import java.util.List;
import java.util.Optional;

/**
 * Looks over the keys of all domains, however many there are; changes nothing and needs no master key. Every method throws {@link
 * io.sealpost.database.StoreUnavailable} when the database is away. Thread-safe.
 */
public interface KeyInspection {
    /** The domain; empty when nobody holds it. */
    Optional<HeldDomain> domain(MailDomain name);

    /** The keys of a domain that is held, oldest first; empty also when nobody holds it. */
    List<DkimKey> keys(MailDomain domain);

    /** How many domains are held. */
    int domains();

    /**
     * The keys that are pending, active or retiring, by domain and age.
     *
     * @param most keys at most
     */
    List<DkimKey> living(int most);

    /**
     * Domains for which nothing can be signed, by name.
     *
     * @param most domains at most
     */
    List<MailDomain> withoutActiveKey(int most);
}
