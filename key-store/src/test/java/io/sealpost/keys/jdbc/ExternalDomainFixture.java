package io.sealpost.keys.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.MovableClock;
import io.sealpost.keys.Activation;
import io.sealpost.keys.Delegation;
import io.sealpost.keys.Delegation.Change;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.ExternalTokens;
import io.sealpost.keys.KeyAdministration;
import io.sealpost.keys.KeyLookup;
import io.sealpost.keys.Observation;
import io.sealpost.keys.ObservedDelegation;
import io.sealpost.keys.ObservedDelegation.Seen;
import io.sealpost.keys.ObservedDelegation.Sight;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.keys.Sealing;
import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A domain of a customer elsewhere, claimed, seen, gone, in a store of the test class's own. */
abstract class ExternalDomainFixture {
    static final MailDomain ZONE = MailDomain.parse("dkim.example.net");
    static final Duration GRACE = Duration.ofDays(3);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    static TestStore store;
    static long other;

    final MovableClock clock = MovableClock.at("2026-11-24T12:00:00Z");
    final JdbcExternalDomains domains = domains(new ExternalTokens());
    final KeyAdministration keys = new JdbcKeyAdministration(changes(), new Sealing(store.dataKeys()));
    final MailDomain name = MailDomain.parse("shop" + NUMBER.incrementAndGet() + ".example");

    @BeforeAll
    static void open() {
        store = TestStore.create();
        other = done(store.accounts().addTenant("Another")).id();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    JdbcExternalDomains domains(Supplier<String> tokens) {
        return new JdbcExternalDomains(
                changes(), new Sealing(store.dataKeys()), new DelegationSettings(GRACE, tokens, new Random(1)));
    }

    Changes changes() {
        return new Changes(store.transactions(), clock, "tester@host");
    }

    ExternalDomain claim(long tenant) {
        return done(domains.claim(tenant, name, ZONE));
    }

    ExternalDomain proven(long tenant) {
        ExternalDomain claim = claim(tenant);
        assertThat(look(claim, Sight.SEEN).change()).isEqualTo(Change.PROVEN);
        activateAll(claim);
        return claim;
    }

    void activateAll(ExternalDomain domain) {
        for (DkimKey key : domains.keys(domain)) {
            assertThat(keys.activate(key.id(), shown(key))).isInstanceOf(Activation.Activated.class);
        }
    }

    Delegation look(ExternalDomain domain, Sight sight) {
        return domains.look(domain, seen(domain, sight)).orElseThrow();
    }

    /** All records like this, but those of these labels, which are missing. */
    static ObservedDelegation seen(ExternalDomain domain, Sight sight, String... missing) {
        return new ObservedDelegation(domain.customerRecords().stream()
                .map(record -> {
                    boolean gone = List.of(missing).contains(record.name().substring(0, 2));
                    return new Seen(record, gone ? Sight.MISSING : sight, "");
                })
                .toList());
    }

    KeyLookup lookup(long tenant) {
        try (TestStore.Node node = store.node()) {
            return node.keys.activeFor(tenant, name);
        }
    }

    static ObservedRecords shown(DkimKey key) {
        return new ObservedRecords(List.of(new Observation(
                "127.0.0.1",
                Observation.Role.RESOLVER,
                new Observation.Records(List.of(key.dnsRecord().value())))));
    }
}
