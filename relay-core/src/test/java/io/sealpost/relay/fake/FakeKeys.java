package io.sealpost.relay.fake;

import io.sealpost.database.StoreUnavailable;
import io.sealpost.dkim.DkimKeyRecord;
import io.sealpost.dkim.SigningAlgorithm;
import io.sealpost.keys.ActiveKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyLookup;
import io.sealpost.keys.Keys;
import io.sealpost.mail.MailDomain;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keys in memory; the private keys are real. */
public final class FakeKeys implements Keys {
    private static final KeyPair RSA = generate("RSA", 2048);

    private final Map<String, List<ActiveKey>> active = new ConcurrentHashMap<>();
    private final Set<Long> published = ConcurrentHashMap.newKeySet();
    private final AtomicLong nextId = new AtomicLong(100);
    private volatile KeyLookup.Cause none = KeyLookup.Cause.NO_KEY;
    private volatile boolean away;

    /** Gives a tenant's domain an active RSA key. */
    public FakeKeys activate(long tenant, String domain) {
        long id = nextId.getAndIncrement();
        ActiveKey key = new ActiveKey(id, MailDomain.parse(domain), "s" + id, KeyAlgorithm.RSA, RSA.getPrivate());
        active.put(tenant + " " + domain, new ArrayList<>(List.of(key)));
        published.add(id);
        return this;
    }

    /** The keys of one domain sign for one below it, too. */
    public FakeKeys activateAlsoFor(long tenant, String domain, String below) {
        active.put(tenant + " " + below, active.get(tenant + " " + domain));
        return this;
    }

    /** The domain's keys go out of use, records and all. */
    public void retire(long tenant, String domain) {
        active.remove(tenant + " " + domain).forEach(key -> published.remove(key.id()));
        none = KeyLookup.Cause.ONLY_RETIRED;
    }

    /** The record of each key of an active domain: they are one key. */
    public static String record() {
        return record(RSA);
    }

    /** The record of a key that nobody here has. */
    public static String recordOfAnother() {
        return record(generate("RSA", 2048));
    }

    private static String record(KeyPair pair) {
        return DkimKeyRecord.of(SigningAlgorithm.RSA_SHA256, pair.getPublic()).plainText();
    }

    /** The database goes away, or comes back. */
    public void away(boolean gone) {
        away = gone;
    }

    @Override
    public KeyLookup activeFor(long tenant, MailDomain domain) {
        check();
        List<ActiveKey> keys = active.get(tenant + " " + domain);
        return keys == null ? new KeyLookup.NoActiveKey(none) : new KeyLookup.ActiveKeys(keys);
    }

    @Override
    public boolean allPublished(List<Long> keyIds) {
        check();
        return published.containsAll(keyIds);
    }

    private void check() {
        if (away) {
            throw new StoreUnavailable("the database is away", null);
        }
    }

    private static KeyPair generate(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
