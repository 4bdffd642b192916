package io.sealpost.account.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Argon2Hasher;
import io.sealpost.account.HashingBusy;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginResult;
import io.sealpost.account.LoginResult.Granted;
import io.sealpost.account.Tenant;
import io.sealpost.keys.jdbc.TestStore;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What logins cost, printed; loosely asserted, since machines differ. {@code -Pmillion} runs it. */
@Tag("million")
class LoginCostTest {
    private static final Secret MAIN = new Secret("korrekt pferd batterie");
    private static final Secret WRONG = new Secret("falsch pferd batterie");
    private static final String ANNA = "anna@mine.example";
    private static final int TRIES = 200;
    private static TestStore store;
    private static TestStore.Node node;
    private static Secret appPassword;

    @BeforeAll
    static void open() {
        store = TestStore.create();
        done(store.keys().addDomain(Tenant.OPERATOR, MailDomain.parse("mine.example")));
        done(store.accounts().addAccount(Tenant.OPERATOR, EmailAddress.parse(ANNA), Optional.of(MAIN)));
        appPassword = done(store.appPasswords().create(EmailAddress.parse(ANNA), "printer"))
                .password();
        Argon2Hasher hasher = Argon2Hasher.ofThisMachine();
        store.transactions().run(handle -> handle.execute("UPDATE account SET hash = ?", hasher.hash(MAIN)));
        node = store.node(hasher);
    }

    @AfterAll
    static void close() {
        node.close();
        store.close();
    }

    private static LoginResult login(String name, Secret password) {
        return node.accounts.login(new LoginAttempt(name, password, InetAddress.getLoopbackAddress(), "submission"));
    }

    private static long timed(String name, Secret password) {
        long begin = System.nanoTime();
        login(name, password);
        return System.nanoTime() - begin;
    }

    /** The feed is read as production does it, once a second; else no cache is trusted. */
    private static void refresh() {
        node.feed.read();
    }

    @Test
    void aKnownAppPasswordCostsNextToNothing() {
        int checks = 20_000;
        for (int i = 0; i < checks; i++) {
            login(ANNA, appPassword);
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < checks; i++) {
            login(ANNA, appPassword);
        }
        double perSecond = checks / ((threads.getCurrentThreadCpuTime() - begin) / 1e9);

        System.out.printf("known app password: %,.0f checks per CPU-second%n", perSecond);
        assertThat(perSecond).isGreaterThan(5_000);
    }

    @Test
    void anAppPasswordWaitsForNoMainPassword() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService many = Executors.newFixedThreadPool(TRIES);
        for (int i = 0; i < TRIES; i++) {
            many.execute(() -> keepAsking(over));
        }
        login(ANNA, appPassword);
        long heapBefore = usedHeap();
        long most = 0;
        long[] times = new long[1_000];
        for (int i = 0; i < times.length; i++) {
            times[i] = timed(ANNA, appPassword);
            most = Math.max(most, usedHeap());
            refresh();
        }
        over.set(true);
        many.shutdownNow();
        Arrays.sort(times);

        System.out.printf(
                "app password beside %d waiting main passwords: median %.2f ms, p99 %.2f ms; heap %+d MB at most%n",
                TRIES, times[500] / 1e6, times[990] / 1e6, (most - heapBefore) >> 20);
        assertThat(times[990]).isLessThan(100_000_000L);
    }

    /** As a client that tries again when it is turned away. */
    private static void keepAsking(AtomicBoolean over) {
        while (!over.get()) {
            try {
                login(ANNA, MAIN);
            } catch (HashingBusy turnedAway) {
                assertThat(turnedAway).hasNoCause();
            }
        }
    }

    private static long usedHeap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void theClockTellsNobodyWhichAccountsThereAre() {
        long[] unknown = new long[TRIES];
        long[] wrong = new long[TRIES];
        for (int i = 0; i < TRIES; i++) {
            unknown[i] = timed("nobody" + i + "@mine.example", WRONG);
            wrong[i] = timed(ANNA, WRONG);
            refresh();
        }
        Arrays.sort(unknown);
        Arrays.sort(wrong);
        int quarter = TRIES / 4;

        System.out.printf(
                "unknown account %.1f / %.1f / %.1f ms, wrong password %.1f / %.1f / %.1f ms (quartiles)%n",
                unknown[quarter] / 1e6,
                unknown[2 * quarter] / 1e6,
                unknown[3 * quarter] / 1e6,
                wrong[quarter] / 1e6,
                wrong[2 * quarter] / 1e6,
                wrong[3 * quarter] / 1e6);
        assertThat(unknown[quarter]).isLessThan(wrong[3 * quarter]);
        assertThat(wrong[quarter]).isLessThan(unknown[3 * quarter]);
    }

    @Test
    void theMainPasswordStillOpens() {
        assertThat(login(ANNA, MAIN)).isInstanceOf(Granted.class);
    }
}
