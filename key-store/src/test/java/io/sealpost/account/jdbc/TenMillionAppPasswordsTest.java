package io.sealpost.account.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.AppPassword;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.Tenant;
import io.sealpost.keys.jdbc.TestStore;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The look-up of a login costs the same with ten million app passwords as with a hundred thousand. {@code -Psoak} runs it. */
@Tag("soak")
class TenMillionAppPasswordsTest {
    private static final int FEW = 100_000;
    private static final int MANY = Integer.getInteger("sealpost.credentials", 10_000_000);
    private static final int LOOKS = 2_000;

    private record Cost(long rowsRead, Duration each) {}

    @Test
    void aLoginReadsOneRowHoweverManyThereAre() {
        try (TestStore store = TestStore.create()) {
            done(store.keys().addDomain(Tenant.OPERATOR, MailDomain.parse("mine.example")));
            long account = done(store.accounts()
                            .addAccount(Tenant.OPERATOR, EmailAddress.parse("a@mine.example"), Optional.empty()))
                    .id();
            fill(store, account, 1, FEW);
            Cost few = cost(store, account);
            for (int from = FEW + 1; from <= MANY; from += FEW) {
                fill(store, account, from, from + FEW - 1);
            }
            Cost many = cost(store, account);

            System.out.printf("look-up of an app password among %,d: %s; among %,d: %s%n", FEW, few, MANY, many);
            assertThat(many.rowsRead()).isEqualTo(few.rowsRead()).isLessThanOrEqualTo(LOOKS * 3L);
        }
    }

    private static void fill(TestStore store, long account, int from, int to) {
        store.transactions()
                .run(handle -> handle.execute(
                        "INSERT INTO app_password (account, mac, label, created)"
                                + " SELECT ?, UNHEX(SHA2(seq, 256)), 'device', '2026-01-01' FROM seq_" + from + "_to_"
                                + to,
                        account));
    }

    private static Cost cost(TestStore store, long account) {
        byte[] mac = new byte[32];
        mac[0] = 1;
        long id = store.transactions()
                .run(handle ->
                        AppPasswordSql.insert(handle, account, mac, "mine", CredentialBounds.NONE, Instant.now()));
        Cost cost = store.transactions().read(handle -> {
            long before = rowsRead(handle);
            long begin = System.nanoTime();
            for (int i = 0; i < LOOKS; i++) {
                assertThat(AppPasswordSql.byMac(handle, account, mac))
                        .map(AppPassword::id)
                        .contains(id);
            }
            long nanos = System.nanoTime() - begin;
            return new Cost(rowsRead(handle) - before, Duration.ofNanos(nanos / LOOKS));
        });
        store.transactions().run(handle -> AppPasswordSql.delete(handle, id));
        return cost;
    }

    /** Of this connection: by key, and by going on from there. */
    private static long rowsRead(Handle handle) {
        return handle
                .createQuery("SHOW SESSION STATUS WHERE Variable_name IN ('Handler_read_key', 'Handler_read_next',"
                        + " 'Handler_read_rnd_next', 'Rows_read')")
                .map((row, context) -> row.getString(1).equals("Rows_read") ? row.getLong(2) : 0)
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
