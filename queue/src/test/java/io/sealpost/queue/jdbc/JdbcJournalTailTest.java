package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.QueueId;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.JournalTail;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcJournalTailTest {
    private static QueueWorld world;

    @BeforeAll
    static void open() {
        world = QueueWorld.open();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void reset() {
        world.reset();
    }

    private static QueueId stored() {
        NewMessage message = world.mail().to(MailMaker.QUEUED, "b@x.example");
        world.store(message);
        return message.envelope().id();
    }

    private static void journal(Instant at, QueueId message, String text) {
        world.transactions().run(handle -> {
            JournalSql.insert(
                    handle,
                    List.of(new JournalEntry(at, message, JournalEntry.Kind.ADMIN, Map.of("text", text))),
                    List.of(world.ids(3).next()));
            return null;
        });
    }

    private static List<Object> texts(JournalTail tail) {
        return tail.next().stream().map(entry -> entry.fields().get("text")).toList();
    }

    @Test
    void tellsAStoryFromItsBeginningAndThenOnlyWhatIsNew() {
        QueueId message = stored();
        stored();
        world.clock().advance(Duration.ofDays(1));
        JournalTail tail = world.inspection().follow(message);

        assertThat(tail.next()).extracting(JournalEntry::kind).containsExactly(JournalEntry.Kind.RECEPTION);
        assertThat(tail.next()).isEmpty();

        world.inspection().hold(QueueFilter.ALL, "abuse");
        assertThat(tail.next()).singleElement().satisfies(entry -> {
            assertThat(entry.message()).isEqualTo(message);
            assertThat(entry.kind()).isEqualTo(JournalEntry.Kind.ADMIN);
        });
        assertThat(tail.next()).isEmpty();
    }

    @Test
    void ofAllMailItTellsWhatHappensFromNowOn() {
        stored();
        world.clock().advance(Duration.ofSeconds(1));
        JournalTail tail = world.inspection().followAll();
        assertThat(tail.next()).isEmpty();

        QueueId second = stored();

        assertThat(tail.next()).extracting(JournalEntry::message).containsExactly(second);
        assertThat(tail.next()).isEmpty();
    }

    @Test
    void missesNothingThatWasCommittedSecondsAfterItsTime() {
        Instant start = world.clock().instant();
        JournalTail tail = world.inspection().followAll();
        QueueId message = stored();
        tail.next();
        journal(start.plusSeconds(20), message, "on time");
        assertThat(texts(tail)).containsExactly("on time");

        journal(start.plusSeconds(11), message, "late");
        journal(start.plusSeconds(20), message, "at the same time");

        assertThat(texts(tail)).containsExactly("late", "at the same time");
        assertThat(texts(tail)).isEmpty();
    }

    @Test
    void readsMoreThanOneSlice() {
        JournalTail tail = world.inspection().followAll();
        QueueId message = stored();
        tail.next();
        Instant now = world.clock().instant();
        List<JournalEntry> many = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            many.add(new JournalEntry(now.plusMillis(i / 1000), message, JournalEntry.Kind.ADMIN, Map.of("text", i)));
            ids.add(world.ids(3).next());
        }
        world.transactions().run(handle -> {
            JournalSql.insert(handle, many, ids);
            return null;
        });

        assertThat(texts(tail)).hasSize(2500).startsWith(0, 1).endsWith(2499);
        assertThat(texts(tail)).isEmpty();
    }
}
