package io.sealpost.keys;

import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Domains and their DKIM keys, for the commands. Each change is committed with its row in {@code audit} and in {@code change_feed}
 * when the method returns. Every method throws {@link io.sealpost.database.StoreUnavailable} when the database is away. Thread-safe.
 */
public interface KeyAdministration {
    /**
     * Gives a domain to a tenant, on the operator's word. Refused: no such tenant, somebody holds the domain, or it is none that mail
     * can come from: a single label, or an address.
     */
    Outcome<HeldDomain> addDomain(long tenant, MailDomain name);

    /** All domains that are held, by name. */
    List<HeldDomain> domains();

    /** The domain; empty when nobody holds it. */
    Optional<HeldDomain> domain(MailDomain name);

    /**
     * Takes a domain from its tenant and deletes its keys, private halves included: its accounts may not send for it any more.
     * Refused: nobody holds it, or it has an active key.
     */
    Outcome<HeldDomain> removeDomain(MailDomain name);

    /**
     * Makes pending keys, all of them or none, each of another algorithm. Refused: nobody holds the domain; size or selector do not do;
     * a selector is taken.
     *
     * @param wanted at least one
     */
    Outcome<List<DkimKey>> createKeys(MailDomain domain, List<NewKey> wanted);

    /** The same for one. */
    default Outcome<DkimKey> createKey(MailDomain domain, NewKey wanted) {
        Outcome<List<DkimKey>> made = createKeys(domain, List.of(wanted));
        return made instanceof Outcome.Refused<List<DkimKey>> refused
                ? new Outcome.Refused<>(refused.problem())
                : Outcome.done(((Outcome.Done<List<DkimKey>>) made).value().get(0));
    }

    /**
     * Takes a private key in PEM (PKCS#1 or PKCS#8, RSA of 1,024 to 4,096 bits or Ed25519) as a pending key. Refused: nobody holds the
     * domain; the text is no such key, or is encrypted; the selector does not do or is taken.
     */
    Outcome<DkimKey> importKey(MailDomain domain, String selector, Secret pem);

    /** The same with a key that was read already, which is wiped. */
    Outcome<DkimKey> importKey(MailDomain domain, String selector, KeyMaterial material);

    /** All keys, by domain, oldest first. */
    List<DkimKey> keys();

    /** The keys of a domain that is held, oldest first; empty also when nobody holds it. */
    List<DkimKey> keys(MailDomain domain);

    /**
     * Makes a pending key sign, where its record was seen: by every resolver, without an authoritative server that disagrees. The
     * key of the same algorithm that signed until now retires.
     */
    Activation activate(long key, ObservedRecords observed);

    /**
     * The key that is to follow: the newest pending one of the algorithm, or a fresh one with a dated selector, of {@code bits} where it
     * is RSA. However often and by however many it is called, there is one. Refused as {@link #createKey}.
     *
     * @param follows the row of the key that signs; where another of the algorithm signs by now, that one is the answer
     */
    Outcome<DkimKey> nextKey(MailDomain domain, NewKey wanted, long follows);

    /**
     * Makes a retiring key sign again, where its record was seen, as for {@link #activate}; the key of the same algorithm that signed
     * until now retires.
     */
    Activation rollBack(long key, ObservedRecords observed);

    /**
     * Takes a key out of use, whatever its state was: what waits with its signature is signed again or held. Refused: no such key.
     *
     * @param reason for the audit trail
     */
    Outcome<DkimKey> retire(long key, Optional<String> reason);

    /** The same without a reason. */
    default Outcome<DkimKey> retire(long key) {
        return retire(key, Optional.empty());
    }
}
