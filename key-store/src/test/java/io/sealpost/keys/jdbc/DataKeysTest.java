package io.sealpost.keys.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.keys.DataKey;
import io.sealpost.keys.DataKeys;
import io.sealpost.keys.KeyPurpose;
import io.sealpost.keys.MasterKey;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Outcome.Refused;
import io.sealpost.keys.Problem.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DataKeysTest {
    private static TestStore store;

    @BeforeAll
    static void open() {
        store = TestStore.create();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static JdbcDataKeys keys() {
        return new JdbcDataKeys(store.transactions(), store.clock());
    }

    @Test
    void eachPurposeHasItsOwnAndKeepsIt() {
        DataKeys again = TestStore.done(keys().open(store.masterKey()));

        assertThat(again.of(KeyPurpose.DKIM)).isEqualTo(store.dataKeys().of(KeyPurpose.DKIM));
        assertThat(again.of(KeyPurpose.APP_PASSWORD)).isEqualTo(store.dataKeys().of(KeyPurpose.APP_PASSWORD));
        assertThat(again.of(KeyPurpose.APP_PASSWORD)).isNotEqualTo(again.of(KeyPurpose.DKIM));
        assertThat(keys().anyStored()).isTrue();
    }

    @Test
    void anotherMasterKeyIsTold() {
        MasterKey another = TestStore.newMasterKey();

        Outcome<DataKeys> outcome = keys().open(another);

        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.problem().kind()).isEqualTo(Kind.MASTER_KEY);
            assertThat(refused.problem().sentence()).contains("not the one of this database");
        });
    }

    @Test
    void whoOnlyLooksMakesNone() {
        try (TestStore fresh = TestStore.create()) {
            JdbcDataKeys looking = new JdbcDataKeys(fresh.transactions(), fresh.clock());
            assertThat(looking.opened(fresh.masterKey())).isEqualTo(Outcome.done(2));
            assertThat(looking.opened(TestStore.newMasterKey())).isInstanceOf(Refused.class);

            fresh.transactions().run(handle -> handle.execute("DELETE FROM data_key"));
            assertThat(looking.opened(fresh.masterKey())).isEqualTo(Outcome.done(0));
            assertThat(fresh.count("SELECT COUNT(*) FROM data_key")).isZero();
        }
    }

    @Test
    void processesThatStartTogetherAgreeOnTheKeys() throws Exception {
        try (TestStore fresh = TestStore.create()) {
            fresh.transactions().run(handle -> handle.execute("DELETE FROM data_key"));
            MasterKey masterKey = TestStore.newMasterKey();
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<DataKeys>> opened = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() ->
                            TestStore.done(new JdbcDataKeys(fresh.transactions(), fresh.clock()).open(masterKey))))
                    .toList();
            Set<DataKey> seen = new HashSet<>();
            for (Future<DataKeys> one : opened) {
                seen.add(one.get().of(KeyPurpose.APP_PASSWORD));
                seen.add(one.get().of(KeyPurpose.DKIM));
            }
            threads.shutdown();

            assertThat(seen).hasSize(2);
            assertThat(fresh.count("SELECT COUNT(*) FROM data_key")).isEqualTo(2);
        }
    }

    @Test
    void dataKeysOfANewerReleaseAreLeftAlone() {
        try (TestStore fresh = TestStore.create()) {
            fresh.transactions()
                    .run(handle -> handle.execute("INSERT INTO data_key (id, purpose, wrapped, created)"
                            + " VALUES (9, 'something-new', 'x', '2026-01-01')"));

            DataKeys again =
                    TestStore.done(new JdbcDataKeys(fresh.transactions(), fresh.clock()).open(fresh.masterKey()));

            assertThat(again.of(KeyPurpose.DKIM)).isEqualTo(fresh.dataKeys().of(KeyPurpose.DKIM));
        }
    }
}
