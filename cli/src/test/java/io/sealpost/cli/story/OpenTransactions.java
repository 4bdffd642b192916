package io.sealpost.cli.story;

import static org.awaitility.Awaitility.await;

import io.sealpost.fixtures.StatementCutter;
import io.sealpost.fixtures.TestDns;
import io.sealpost.sandbox.AnsweredQuery;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Which questions to the DNS were asked inside a database transaction: the answer is kept back until every transaction that was open when
 * the question came has ended; one that stays open waits for the answer itself. Thread-safe.
 */
final class OpenTransactions {
    /** Under the five seconds after which the relay asks again. */
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final StatementCutter database;
    private final AtomicInteger questions = new AtomicInteger();
    private final List<String> inside = new CopyOnWriteArrayList<>();

    /** {@code database}: by way of it the relay works. */
    OpenTransactions(StatementCutter database, TestDns dns) {
        this.database = database;
        dns.onQuery(this::look);
    }

    /** How many questions were looked at. */
    int questions() {
        return questions.get();
    }

    /** Those that a transaction waited for. */
    List<String> inside() {
        return List.copyOf(inside);
    }

    private void look(AnsweredQuery query) {
        questions.incrementAndGet();
        Set<Long> before = database.openTransactions();
        try {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(LONGEST)
                    .until(() -> database.openTransactions().stream().noneMatch(before::contains));
        } catch (ConditionTimeoutException stillOpen) {
            inside.add(query.type() + " " + query.name());
        }
    }
}
