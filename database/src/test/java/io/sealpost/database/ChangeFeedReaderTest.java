package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sealpost.mail.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeFeedReaderTest {
    private static Database database;
    private static Transactions transactions;

    private final Ticker ticker = new Ticker();
    private final Heard heard = new Heard();
    private ChangeFeedReader reader;

    private static final class Heard implements ChangeListener {
        final List<String> subjects = new CopyOnWriteArrayList<>();
        final AtomicInteger drops = new AtomicInteger();

        @Override
        public void changed(Change change) {
            subjects.add(change.subject());
        }

        @Override
        public void dropAll() {
            drops.incrementAndGet();
        }
    }

    @BeforeAll
    static void open() {
        database = Database.open(TestServer.migratedSchema());
        transactions = database.transactions();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        transactions.run(handle -> handle.execute("DELETE FROM change_feed"));
        reader = new ChangeFeedReader(transactions, ticker.clock(), ticker);
        reader.listen(heard);
    }

    private Instant now() {
        return ticker.clock().instant();
    }

    private void append(String subject, Instant at) {
        transactions.run(handle -> append(handle, subject, at));
    }

    private static int append(Handle handle, String subject, Instant at) {
        ChangeFeed.append(handle, ChangeKind.KEY, subject, at);
        return 1;
    }

    @Test
    void tellsEachChangeOnce() {
        append("one.example", now());
        reader.read();
        append("two.example", now());
        reader.read();
        reader.read();

        assertThat(heard.subjects).containsExactly("one.example", "two.example");
    }

    @Test
    void tellsWhatWasCommittedLateThoughItsNumberIsLower() {
        try (Handle slow = org.jdbi.v3.core.Jdbi.create(MariaDbSource.forMigrations(settings()))
                .open()) {
            slow.begin();
            append(slow, "early number, late commit", now());
            append("late number, early commit", now());
            reader.read();
            ticker.pass(Duration.ofSeconds(20));
            slow.commit();
        }
        reader.read();

        assertThat(heard.subjects).containsExactly("late number, early commit", "early number, late commit");
    }

    private static DatabaseSettings settings() {
        String schema = transactions.read(
                handle -> handle.select("SELECT DATABASE()").mapTo(String.class).one());
        return TestServer.settings().withSchema(schema);
    }

    @Test
    void tellsNothingOfARolledBackTransaction() {
        assertThatThrownBy(() -> transactions.run(handle -> {
                    append(handle, "never", now());
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        reader.read();

        assertThat(heard.subjects).isEmpty();
    }

    @Test
    void passesOverAKindOfANewerRelease() {
        transactions.run(handle -> handle.execute(
                "INSERT INTO change_feed (kind, subject, at) VALUES ('TELEPORT', 'x', ?)", SqlTimes.toSql(now())));
        append("known", now());
        reader.read();

        assertThat(heard.subjects).containsExactly("known");
    }

    @Test
    void isTrustedForTwoSecondsAfterARead() {
        assertThat(reader.trusted()).isFalse();
        reader.read();
        assertThat(reader.trusted()).isTrue();
        ticker.pass(Duration.ofSeconds(2));
        assertThat(reader.trusted()).isTrue();
        ticker.pass(Duration.ofMillis(1));
        assertThat(reader.trusted()).isFalse();
        reader.read();
        assertThat(reader.trusted()).isTrue();
    }

    @Test
    void dropsEverythingAfterThirtySecondsWithoutARead() {
        reader.read();
        int atStart = heard.drops.get();
        ticker.pass(Duration.ofSeconds(30));
        reader.read();
        assertThat(heard.drops.get()).isEqualTo(atStart);
        ticker.pass(Duration.ofSeconds(31));
        reader.read();
        assertThat(heard.drops.get()).isEqualTo(atStart + 1);
    }

    @Test
    void aFailingListenerKeepsNothingFromTheOthers() {
        Heard second = new Heard();
        reader.listen(new ChangeListener() {
            @Override
            public void changed(Change change) {
                throw new IllegalStateException("a bug");
            }

            @Override
            public void dropAll() {
                throw new IllegalStateException("a bug");
            }
        });
        reader.listen(second);
        append("told", now());
        reader.read();

        assertThat(second.subjects).containsExactly("told");
        assertThat(reader.trusted()).isTrue();
    }

    @Test
    void hearsOfACommitWithinTwoSecondsByItself() {
        try (ChangeFeedReader live = new ChangeFeedReader(transactions, database.clock(), System::nanoTime)) {
            Heard listening = new Heard();
            live.listen(listening);
            live.start();
            await().until(live::trusted);
            append("now", database.clock().instant());

            await().atMost(Duration.ofSeconds(2)).until(() -> listening.subjects.contains("now"));
        }
    }

    @Test
    void hearsOfEverythingThoughItsOwnClockIsAhead() {
        Clock ahead = Clock.offset(database.clock(), Duration.ofMinutes(10));
        ChangeFeedReader reading = new ChangeFeedReader(transactions, ahead, ticker);
        Heard listening = new Heard();
        reading.listen(listening);
        append("revoked", database.clock().instant());
        reading.read();
        reading.read();

        assertThat(listening.subjects).containsExactly("revoked");
    }

    @Test
    void isNotTrustedWhileTheDatabaseIsAway() {
        DatabaseSettings nobody = new DatabaseSettings("jdbc:mariadb://127.0.0.1:1/x", "x", new Secret("x"), 1);
        Transactions away = new Transactions(MariaDbSource.forWork(() -> nobody, new ServerGuard()));
        ChangeFeedReader blind = new ChangeFeedReader(away, ticker.clock(), ticker);

        assertThatThrownBy(blind::read).isInstanceOf(StoreUnavailable.class);
        assertThat(blind.trusted()).isFalse();
    }
}
