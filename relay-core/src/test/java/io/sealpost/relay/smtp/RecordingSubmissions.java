package io.sealpost.relay.smtp;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.QueueId;
import io.sealpost.relay.intake.IntakeResult;
import io.sealpost.relay.intake.Submission;
import io.sealpost.relay.intake.Submissions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Keeps what is submitted; answers as told. */
final class RecordingSubmissions implements Submissions {
    private final List<Submission> submissions = new CopyOnWriteArrayList<>();
    private final List<String> contents = new CopyOnWriteArrayList<>();
    private volatile IntakeResult answer;
    private volatile RuntimeException failure;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    void clear() {
        submissions.clear();
        contents.clear();
    }

    List<Submission> all() {
        return submissions;
    }

    /** The only message there is. */
    Submission only() {
        if (submissions.size() != 1) {
            throw new AssertionError(submissions.size() + " messages");
        }
        return submissions.get(0);
    }

    List<String> contents() {
        return contents;
    }

    void rejectWith(int code, String status, String sentence) {
        answer = new IntakeResult.Rejected(code, EnhancedStatus.of(status), sentence);
    }

    void fail(RuntimeException cause) {
        failure = cause;
    }

    /** Messages wait here until the latch that is returned is counted down. */
    CountDownLatch holdUp() {
        gate = new CountDownLatch(1);
        return gate;
    }

    @Override
    public IntakeResult accept(Submission submission) {
        submissions.add(submission);
        try (InputStream content = submission.content().open()) {
            contents.add(new String(content.readAllBytes(), StandardCharsets.ISO_8859_1));
            gate.await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (failure != null) {
            throw failure;
        }
        return answer == null ? new IntakeResult.Accepted(new QueueId(submissions.size())) : answer;
    }
}
