package io.sealpost.account.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Tenant;
import io.sealpost.keys.jdbc.TestStore;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a login looks up goes by its key, with 100,000 app passwords. */
class CredentialPlansTest {
    private static final int MANY = 100_000;
    private static TestStore store;

    @BeforeAll
    static void open() {
        store = TestStore.create();
        done(store.keys().addDomain(Tenant.OPERATOR, MailDomain.parse("mine.example")));
        long account = done(store.accounts()
                        .addAccount(Tenant.OPERATOR, EmailAddress.parse("a@mine.example"), Optional.empty()))
                .id();
        store.transactions().run(handle -> handle.execute("""
                INSERT INTO app_password (account, mac, label, created)
                SELECT ?, UNHEX(SHA2(seq, 256)), 'device', '2026-01-01' FROM seq_1_to_""" + MANY, account));
        store.transactions().run(handle -> handle.execute("""
                INSERT INTO login_use (account, credential, outcome, at, client, listener, helo, times)
                SELECT account, id, 'granted', created, '192.0.2.1', 'submission', 'x', 1 FROM app_password"""));
        store.transactions().run(handle -> handle.execute("""
                INSERT INTO device (credential, listener, block)
                SELECT id, 'submission', UNHEX(LPAD(HEX(id), 6, '0')) FROM app_password LIMIT 10000"""));
        store.transactions().run(handle -> handle.execute("ANALYZE TABLE app_password, login_use, device"));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    /** {@code table type rows} of each table of the statement. */
    private static List<String> plan(String sql, Object... values) {
        return store.transactions()
                .read(handle -> handle.select("EXPLAIN " + sql, values)
                        .map((row, context) ->
                                row.getString("table") + " " + row.getString("type") + " " + row.getString("rows"))
                        .list());
    }

    private static byte[] mac() {
        return store.transactions()
                .read(handle -> handle.select("SELECT mac FROM app_password LIMIT 1")
                        .mapTo(byte[].class)
                        .one());
    }

    private static long account() {
        return store.count("SELECT MIN(id) FROM account");
    }

    @Test
    void aLoginIsOneRowOfEachTable() {
        assertThat(plan(AppPasswordSql.BY_MAC, account(), mac()))
                .containsExactly("p const 1", "d const 1", "u const 1");
    }

    @Test
    void anOpenSessionIsAskedForByItsKey() {
        long id = store.count("SELECT MAX(id) FROM app_password");

        assertThat(plan(AppPasswordSql.FIND, account(), id))
                .allMatch(row -> row.matches("[pdu] (const|system|null) .*"));
    }

    @Test
    void aDeviceIsFoundByItsBlock() {
        assertThat(plan(AppPasswordSql.DEVICES_AT, "submission", new byte[] {0, 0, 9}))
                .anyMatch(row -> row.matches("d ref [1-9]"))
                .anyMatch(row -> row.matches("p eq_ref 1"))
                .anyMatch(row -> row.matches("u (eq_ref|const) 1"));
    }
}
