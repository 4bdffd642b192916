package io.sealpost.keys;

import io.sealpost.mail.MailDomain;
import java.util.List;

/**
 * Looks over the keys of all domains, however many there are; changes nothing and needs no master key. Every method throws {@link
 * io.sealpost.database.StoreUnavailable} when the database is away. Thread-safe.
 */
public interface KeyInspection {
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
