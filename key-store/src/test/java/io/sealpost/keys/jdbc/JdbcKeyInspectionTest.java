package io.sealpost.keys.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.keys.DkimKey;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.KeyAdministration;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyInspection;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.Observation;
import io.sealpost.keys.Observation.Role;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.mail.MailDomain;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcKeyInspectionTest {
    private static final MailDomain A = MailDomain.parse("a.example");
    private static final MailDomain B = MailDomain.parse("b.example");

    private static TestStore store;

    @BeforeAll
    static void open() {
        store = TestStore.create();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void looksOverAllDomainsWithinItsBounds() {
        KeyAdministration keys = store.keys();
        KeyInspection inspection = new JdbcKeyInspection(store.transactions());
        assertThat(inspection.domains()).isZero();

        TestStore.done(keys.addDomain(1, B));
        TestStore.done(keys.addDomain(1, A));
        DkimKey active = create(keys, A);
        keys.activate(active.id(), shown(active));
        DkimKey pending = create(keys, B);
        DkimKey retired = create(keys, B);
        TestStore.done(keys.retire(retired.id()));

        assertThat(inspection.domains()).isEqualTo(2);
        assertThat(inspection.living(10)).extracting(DkimKey::id).containsExactly(active.id(), pending.id());
        assertThat(inspection.living(10)).extracting(DkimKey::state).containsExactly(KeyState.ACTIVE, KeyState.PENDING);
        assertThat(inspection.living(1)).hasSize(1);
        assertThat(inspection.withoutActiveKey(10)).containsExactly(B);
        assertThat(inspection.keys(B)).extracting(DkimKey::id).containsExactly(pending.id(), retired.id());
        assertThat(inspection.domain(A)).map(HeldDomain::name).contains(A);
        assertThat(inspection.domain(MailDomain.parse("c.example"))).isEmpty();
    }

    private static DkimKey create(KeyAdministration keys, MailDomain domain) {
        return TestStore.done(keys.createKey(domain, NewKey.of(KeyAlgorithm.ED25519)));
    }

    private static ObservedRecords shown(DkimKey key) {
        return new ObservedRecords(List.of(new Observation(
                "127.0.0.1:53",
                Role.RESOLVER,
                new Observation.Records(List.of(key.dnsRecord().value())))));
    }
}
