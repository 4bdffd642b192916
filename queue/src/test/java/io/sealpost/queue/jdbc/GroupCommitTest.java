package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sealpost.database.CommitUnknown;
import io.sealpost.database.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Commits work = new Commits();
    private final GroupCommit<String, String> group = new GroupCommit<>(work, PATIENCE);

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    /** A store that notes what is committed together, whose first commit can be held up, and that can fail. */
    private static final class Commits implements GroupCommit.Work<String, String> {
        private final CountDownLatch open = new CountDownLatch(1);
        private final CountDownLatch entered = new CountDownLatch(1);
        private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
        private final List<String> alone = Collections.synchronizedList(new ArrayList<>());
        private final Deque<RuntimeException> failures = new ArrayDeque<>();
        private Function<String, RuntimeException> aloneFailure = item -> null;
        private long weight = 1;

        @Override
        public List<String> commit(List<String> items) {
            entered.countDown();
            if (items.contains("slow")) {
                awaitOpen();
            }
            if (!failures.isEmpty()) {
                throw failures.poll();
            }
            batches.add(items);
            return items.stream().map(item -> "done " + item).toList();
        }

        private void awaitOpen() {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while committing", e);
            }
        }

        @Override
        public String commitAlone(String item) {
            RuntimeException failure = aloneFailure.apply(item);
            alone.add(item);
            if (failure != null) {
                throw failure;
            }
            return "alone " + item;
        }

        @Override
        public long weight(String item) {
            return weight;
        }
    }

    /** Starts {@code count} callers while a slow commit runs, waits until all of them wait, then lets it go. */
    private List<Future<String>> behindASlowOne(int count) throws InterruptedException {
        List<Future<String>> ends = new ArrayList<>();
        ends.add(callers.submit(() -> group.submit("slow")));
        work.entered.await();
        for (int i = 0; i < count; i++) {
            int number = i;
            ends.add(callers.submit(() -> group.submit("item " + number)));
        }
        await().until(() -> group.waitingNow() == count);
        work.open.countDown();
        return ends;
    }

    private static List<String> results(List<Future<String>> ends) throws Exception {
        List<String> results = new ArrayList<>();
        for (Future<String> end : ends) {
            results.add(end.get());
        }
        return results;
    }

    @Test
    void aLoneItemCommitsAtOnce() {
        assertThat(group.submit("a")).isEqualTo("done a");
        assertThat(group.submit("b")).isEqualTo("done b");
        assertThat(work.batches).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void whatArrivesDuringACommitSharesTheNext() throws Exception {
        List<Future<String>> ends = behindASlowOne(100);

        assertThat(results(ends)).hasSize(101).contains("done slow", "done item 0", "done item 99");
        assertThat(work.batches).hasSize(2);
        assertThat(work.batches.get(1)).hasSize(100);
    }

    @Test
    void aBatchHasAtMost256Items() throws Exception {
        results(behindASlowOne(300));

        assertThat(work.batches.stream().map(List::size)).containsExactly(1, 256, 44);
    }

    @Test
    void aBatchHasAtMostEightMegabytes() throws Exception {
        work.weight = 3L << 20;
        results(behindASlowOne(5));

        assertThat(work.batches.stream().map(List::size)).containsExactly(1, 2, 2, 1);
    }

    @Test
    void anItemOverTheLimitStillCommitsAlone() throws Exception {
        work.weight = 50L << 20;
        results(behindASlowOne(2));

        assertThat(work.batches.stream().map(List::size)).containsExactly(1, 1, 1);
    }

    @Test
    void oneBadItemDoesNotFailTheOthers() throws Exception {
        List<Future<String>> ends = new ArrayList<>();
        work.aloneFailure = item -> item.equals("item 1") ? new IllegalArgumentException("bad") : null;
        ends.add(callers.submit(() -> group.submit("slow")));
        work.entered.await();
        for (int i = 0; i < 3; i++) {
            int number = i;
            ends.add(callers.submit(() -> group.submit("item " + number)));
        }
        await().until(() -> group.waitingNow() == 3);
        work.failures.add(new IllegalStateException("the slow one's own"));
        work.failures.add(new IllegalArgumentException("bad"));
        work.open.countDown();

        assertThat(ends.get(0).get()).isEqualTo("alone slow");
        assertThat(ends.get(1).get()).isEqualTo("alone item 0");
        assertThatThrownBy(() -> ends.get(2).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(ends.get(3).get()).isEqualTo("alone item 2");
    }

    @Test
    void aConnectionThatBrokeIsTriedOnceMore() {
        work.failures.add(new StoreUnavailable("broken", null));

        assertThat(group.submit("a")).isEqualTo("alone a");
    }

    @Test
    void aDatabaseThatIsAwayFailsTheBatchAfterTwoTries() throws Exception {
        work.aloneFailure = item -> item.equals("slow") ? null : new StoreUnavailable("away", null);
        List<Future<String>> ends = new ArrayList<>();
        ends.add(callers.submit(() -> group.submit("slow")));
        work.entered.await();
        for (int i = 0; i < 5; i++) {
            int number = i;
            ends.add(callers.submit(() -> group.submit("item " + number)));
        }
        await().until(() -> group.waitingNow() == 5);
        work.failures.add(new IllegalStateException("the slow one's own"));
        work.failures.add(new StoreUnavailable("away", null));
        work.open.countDown();

        for (Future<String> end : ends.subList(1, 6)) {
            assertThatThrownBy(end::get)
                    .cause()
                    .isInstanceOf(StoreUnavailable.class)
                    .isNotInstanceOf(CommitUnknown.class);
        }
        assertThat(work.alone).hasSize(3);
    }

    @Test
    void anUnknownCommitIsRunAgainUntilTheDatabaseTells() {
        work.failures.add(new CommitUnknown("lost", null));
        Deque<RuntimeException> away = new ArrayDeque<>(List.of(
                new StoreUnavailable("away", null),
                new StoreUnavailable("away", null),
                new CommitUnknown("lost", null)));
        work.aloneFailure = item -> away.poll();

        assertThat(group.submit("a")).isEqualTo("alone a");
        assertThat(work.alone).hasSize(4);
    }

    @Test
    void anUnknownCommitThatIsNeverToldStaysUnknown() {
        work.failures.add(new CommitUnknown("lost", null));
        work.aloneFailure = item -> new StoreUnavailable("away", null);
        GroupCommit<String, String> impatient = new GroupCommit<>(work, Duration.ofMillis(150));

        assertThatThrownBy(() -> impatient.submit("a")).isInstanceOf(CommitUnknown.class);
    }

    @Test
    void whoseTurnDoesNotComeInTimeIsSurelyNotCommitted() throws Exception {
        GroupCommit<String, String> impatient = new GroupCommit<>(work, Duration.ofMillis(50));
        Future<String> slow = callers.submit(() -> impatient.submit("slow"));
        work.entered.await();

        assertThatThrownBy(() -> impatient.submit("late"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("turn");
        work.open.countDown();
        assertThat(slow.get()).isEqualTo("done slow");
        assertThat(impatient.submit("next")).isEqualTo("done next");
        assertThat(work.batches).doesNotContain(List.of("late"));
    }

    @Test
    void whoIsInABatchUnderWayWaitsForItsEndHoweverLong() throws Exception {
        GroupCommit<String, String> impatient = new GroupCommit<>(work, Duration.ofMillis(1));

        Future<String> slow = callers.submit(() -> impatient.submit("slow"));
        work.entered.await();
        work.open.countDown();

        assertThat(slow.get()).isEqualTo("done slow");
    }

    @Test
    void anInterruptedLeaderCommitsTheOthersAllTheSame() {
        Thread.currentThread().interrupt();

        assertThat(group.submit("a")).isEqualTo("done a");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptedFollowerHearsItsResult() throws Exception {
        Future<String> slow = callers.submit(() -> group.submit("slow"));
        work.entered.await();
        List<Boolean> stillInterrupted = Collections.synchronizedList(new ArrayList<>());
        Thread follower = new Thread(() -> {
            group.submit("a");
            stillInterrupted.add(Thread.currentThread().isInterrupted());
        });
        follower.start();
        await().until(() -> group.waitingNow() == 1);
        follower.interrupt();
        work.open.countDown();
        follower.join();

        assertThat(slow.get()).isEqualTo("done slow");
        assertThat(stillInterrupted).containsExactly(true);
        assertThat(work.batches).contains(List.of("a"));
    }
}
