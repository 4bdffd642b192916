package io.sealpost.relay.outbound;

import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.Lease;
import io.sealpost.relay.bounce.ReportedRecipient;
import io.sealpost.relay.journal.AttemptLine;
import io.sealpost.relay.journal.Journal;
import io.sealpost.relay.outbound.Decided.Tell;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What was decided for some deliveries of one message, on its way into the database.
 *
 * @param message the message that they belong to
 * @param decided one a delivery
 * @param timing when the work on them began and ended
 */
record Settling(ClaimedMessage message, List<Decided> decided, Timing timing) {
    /**
     * For the log's {@code delays=}.
     *
     * @param claimed when the message was claimed or stored
     * @param started when its attempt began
     * @param ended when its outcome was known
     */
    record Timing(Instant claimed, Instant started, Instant ended) {}

    boolean isEmpty() {
        return decided.isEmpty();
    }

    List<Lease> leases() {
        return decided.stream().map(one -> one.delivery().lease()).toList();
    }

    List<DeliveryResult> results() {
        return decided.stream().map(Decided::result).toList();
    }

    /** Those of whom the sender is told. */
    List<ReportedRecipient> reported() {
        return decided.stream()
                .filter(one -> one.tell() != Tell.NOTHING)
                .map(one -> new ReportedRecipient(
                        one.delivery().recipient(),
                        ReportedRecipient.Action.of(one.result()),
                        one.result().reply(),
                        timing.ended()))
                .toList();
    }

    List<AttemptLine> lines() {
        return decided.stream().map(this::line).toList();
    }

    List<JournalEntry> journal() {
        return decided.stream()
                .map(one -> Journal.attempt(message.envelope(), line(one), one.attempts(), timing.ended()))
                .toList();
    }

    /** This without the deliveries that others hold now. */
    Settling without(List<Lease> lost) {
        List<Decided> rest = decided.stream()
                .filter(one -> lost.stream()
                        .noneMatch(lease ->
                                lease.delivery().equals(one.delivery().lease().delivery())))
                .toList();
        return new Settling(message, rest, timing);
    }

    /** This without words to the sender: what failed is put on hold, so that it is not lost in silence. */
    Settling untold(String reason) {
        List<Decided> held = decided.stream()
                .map(one -> one.tell() == Tell.FAILED ? hold(one, reason) : one)
                .toList();
        return new Settling(message, held, timing);
    }

    private static Decided hold(Decided one, String reason) {
        DeliveryResult result =
                new DeliveryResult.Held(one.delivery().lease(), one.result().reply(), reason);
        return new Decided(one.delivery(), result, Tell.NOTHING, one.connection());
    }

    private AttemptLine line(Decided one) {
        Duration connection = one.connection().connectionSetup();
        Duration transmission = one.connection().transmission();
        AttemptLine.Delays delays = new AttemptLine.Delays(
                Duration.between(message.envelope().received(), timing.claimed()),
                Duration.between(timing.claimed(), timing.started()),
                connection,
                transmission);
        return new AttemptLine(
                message.envelope().id(),
                one.delivery().recipient().address(),
                one.connection().relay(),
                delays,
                one.result());
    }
}
