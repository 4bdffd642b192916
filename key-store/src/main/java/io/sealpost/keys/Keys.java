package io.sealpost.keys;

import io.sealpost.mail.MailDomain;
import java.util.List;

/** Keys to sign with, for the signing path. Thread-safe; answers from caches that the change feed keeps true within two seconds. */
public interface Keys {
    /**
     * The keys that sign for the domain now, at most one an algorithm.
     *
     * @param tenant the tenant that sends; a domain of another tenant has no key for it
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now
     */
    KeyLookup activeFor(long tenant, MailDomain domain);

    /**
     * Whether all these keys may still stand in a signature: active or retiring.
     *
     * @param keyIds rows, as stored with the message
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now
     */
    boolean allPublished(List<Long> keyIds);
}
