package io.sealpost.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.database.Change;
import io.sealpost.database.ChangeKind;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReloadCallsTest {
    private final AtomicInteger told = new AtomicInteger();
    private final ReloadCalls calls = new ReloadCalls("here");

    private void call(ChangeKind kind, String subject) {
        calls.changed(new Change(kind, subject, Instant.EPOCH));
    }

    @Test
    void hearsCallsToAllAndToThisNode() {
        calls.tell(told::incrementAndGet);

        call(ChangeKind.RELOAD, "");
        call(ChangeKind.RELOAD, "here");
        call(ChangeKind.RELOAD, "there");
        call(ChangeKind.KEY, "");

        assertThat(told).hasValue(2);
    }

    @Test
    void aCallBeforeAnybodyIsToldIsNotLost() {
        call(ChangeKind.RELOAD, "");
        calls.tell(told::incrementAndGet);

        assertThat(told).hasValue(1);
    }

    @Test
    void whoMayHaveMissedACallReadsAgainButNotAtTheStart() {
        calls.tell(told::incrementAndGet);
        calls.dropAll();
        assertThat(told).hasValue(0);

        calls.dropAll();
        assertThat(told).hasValue(1);
    }
}
