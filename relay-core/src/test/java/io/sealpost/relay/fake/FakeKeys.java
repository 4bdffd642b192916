package io.sealpost.relay.fake;

import io.sealpost.database.StoreUnavailable;
import io.sealpost.keys.ActiveKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyLookup;
import io.sealpost.keys.Keys;
import io.sealpost.mail.MailDomain;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keys in memory; the private keys are real. */
public final class FakeKeys implements Keys {
    private static final PrivateKey RSA = generate("RSA", 2048);

    private final Map<String, List<ActiveKey>> active = new ConcurrentHashMap<>();
    private final Set<Long> published = ConcurrentHashMap.newKeySet();
    private final AtomicLong nextId = new AtomicLong(100);
    private volatile KeyLookup.Cause none = KeyLookup.Cause.NO_KEY;
    private volatile boolean away;

    /** Gives a tenant's domain an active RSA key. */
    public FakeKeys activate(long tenant, String domain) {
        long id = nextId.getAndIncrement();
        ActiveKey key = new ActiveKey(id, MailDomain.parse(domain), "s" + id, KeyAlgorithm.RSA, RSA);
        active.put(tenant + " " + domain, new ArrayList<>(List.of(key)));
        published.add(id);
        return this;
    }

    /** The domain's keys go out of use, records and all. */
    public void retire(long tenant, String domain) {
        active.remove(tenant + " " + domain).forEach(key -> published.remove(key.id()));
        none = KeyLookup.Cause.ONLY_RETIRED;
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

    private static PrivateKey generate(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair().getPrivate();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
