package io.sealpost.relay.fake;

import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.QueueId;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Content;
import io.sealpost.queue.DeliveryProgress;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.EnqueueResult;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.Lease;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.PassOver;
import io.sealpost.queue.QueueClaims;
import io.sealpost.queue.QueueIntake;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SettleResult;
import io.sealpost.queue.Settlement;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.queue.Suspension;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The queue's contract in memory: leases with versions, all-or-nothing settlements, and a database that can go away. */
public final class FakeQueue implements QueueIntake, QueueClaims {
    /** How long its leases last. */
    public static final Duration LEASE = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<QueueId, NewMessage> messages = new LinkedHashMap<>();
    private final Map<DeliveryId, Row> rows = new LinkedHashMap<>();
    private final List<JournalEntry> journal = new ArrayList<>();
    private final List<Integer> freedNodes = new ArrayList<>();
    private boolean away;
    private boolean answerLost;
    private int givenBack;
    private int claims;
    private int refused;

    /** Sees the time by this clock. */
    public FakeQueue(Clock clock) {
        this.clock = clock;
    }

    /** A delivery's row; {@code end} stays where the real one would be gone. */
    public static final class Row {
        private final QueueId message;
        private final Recipient recipient;
        private DeliveryState state = DeliveryState.QUEUED;
        private DeliveryProgress progress = DeliveryProgress.FRESH;
        private Instant nextAt;
        private Instant leaseUntil;
        private long version = 1;
        private Optional<DeliveryResult.End> end = Optional.empty();
        private String holdReason = "";

        private Row(QueueId message, Recipient recipient, Instant nextAt) {
            this.message = message;
            this.recipient = recipient;
            this.nextAt = nextAt;
        }

        @Override
        public String toString() {
            return recipient.address() + " "
                    + end.map(Object::toString).orElse(state.toString())
                    + (holdReason.isEmpty() ? "" : " (" + holdReason + ")");
        }
    }

    @Override
    public synchronized EnqueueResult enqueue(NewMessage message) {
        check();
        if (messages.containsKey(message.envelope().id())) {
            return new EnqueueResult.AlreadyStored();
        }
        List<Lease> leases = insert(message);
        if (answerLost) {
            return new EnqueueResult.AlreadyStored();
        }
        return new EnqueueResult.Stored(leases);
    }

    private List<Lease> insert(NewMessage message) {
        messages.put(message.envelope().id(), message);
        journal.addAll(message.journal());
        List<Lease> leases = new ArrayList<>();
        for (NewDelivery delivery : message.deliveries()) {
            Row row = new Row(message.envelope().id(), delivery.recipient(), clock.instant());
            rows.put(delivery.id(), row);
            if (delivery.start() instanceof NewDelivery.Start.Leased) {
                leases.add(lease(delivery.id(), row));
            }
            if (delivery.start() instanceof NewDelivery.Start.Held held) {
                row.state = DeliveryState.HOLD;
                row.holdReason = held.reason();
            }
        }
        return leases;
    }

    private Lease lease(DeliveryId id, Row row) {
        row.state = DeliveryState.ACTIVE;
        row.version++;
        row.leaseUntil = clock.instant().plus(LEASE);
        return new Lease(id, row.message, row.version, row.leaseUntil);
    }

    @Override
    public synchronized List<ClaimedMessage> claimDue(Set<Integer> buckets, int max, PassOver passOver) {
        check();
        freeForgotten();
        claims++;
        Map<QueueId, List<ClaimedDelivery>> claimed = new LinkedHashMap<>();
        int left = max;
        for (Map.Entry<DeliveryId, Row> entry : rows.entrySet()) {
            Row row = entry.getValue();
            boolean due = row.end.isEmpty()
                    && (row.state == DeliveryState.QUEUED || row.state == DeliveryState.DEFERRED)
                    && !row.nextAt.isAfter(clock.instant())
                    && buckets.contains(bucket(row))
                    && !passOver.covers(
                            messages.get(row.message).envelope().origin().account(),
                            row.recipient.address().domain().ascii());
            if (due && left > 0) {
                left--;
                Lease lease = lease(entry.getKey(), row);
                claimed.computeIfAbsent(row.message, id -> new ArrayList<>())
                        .add(new ClaimedDelivery(lease, row.recipient, row.progress));
            }
        }
        return claimed.entrySet().stream()
                .map(entry -> claimed(messages.get(entry.getKey()), entry.getValue()))
                .toList();
    }

    /** As the real one: those that ran out a whole lease ago. */
    private void freeForgotten() {
        rows.values().stream()
                .filter(row -> row.end.isEmpty() && row.state == DeliveryState.ACTIVE)
                .filter(row -> row.leaseUntil.plus(LEASE).isBefore(clock.instant()))
                .forEach(row -> {
                    row.state = DeliveryState.QUEUED;
                    row.version++;
                });
    }

    private static ClaimedMessage claimed(NewMessage message, List<ClaimedDelivery> deliveries) {
        return new ClaimedMessage(message.envelope(), message.signedPrefix(), message.content(), deliveries);
    }

    private static int bucket(Row row) {
        return Math.floorMod(row.recipient.address().domain().hashCode(), BUCKETS);
    }

    @Override
    public synchronized List<Lease> renew(Collection<Lease> leases) {
        check();
        List<Lease> renewed = new ArrayList<>();
        for (Lease lease : leases) {
            if (holds(lease)) {
                Row row = rows.get(lease.delivery());
                row.leaseUntil = clock.instant().plus(LEASE);
                renewed.add(lease.renewed(row.leaseUntil));
            }
        }
        return renewed;
    }

    private boolean holds(Lease lease) {
        Row row = rows.get(lease.delivery());
        return row.end.isEmpty() && row.state == DeliveryState.ACTIVE && row.version == lease.version();
    }

    @Override
    public synchronized void giveBack(Collection<Lease> leases) {
        check();
        for (Lease lease : leases) {
            if (holds(lease)) {
                Row row = rows.get(lease.delivery());
                row.state = DeliveryState.QUEUED;
                row.version++;
                givenBack++;
            }
        }
    }

    @Override
    public synchronized SettleResult settle(Settlement settlement) {
        check();
        List<Lease> lost = settlement.results().stream()
                .map(DeliveryResult::lease)
                .filter(lease -> !holds(lease))
                .toList();
        if (!lost.isEmpty()) {
            return new SettleResult.LeaseLost(lost);
        }
        settlement.results().forEach(this::apply);
        settlement.notice().ifPresent(this::insert);
        journal.addAll(settlement.journal());
        return new SettleResult.Settled();
    }

    private void apply(DeliveryResult result) {
        Row row = rows.get(result.lease().delivery());
        row.version++;
        int attempts = row.progress.attempts() + 1;
        Optional<RemoteReply> reply = Optional.of(result.reply());
        if (result instanceof DeliveryResult.Ended ended) {
            row.end = Optional.of(ended.end());
        } else if (result instanceof DeliveryResult.Held held) {
            row.state = DeliveryState.HOLD;
            row.holdReason = held.reason();
        } else if (result instanceof DeliveryResult.PutOff putOff) {
            row.state = row.progress.attempts() == 0 ? DeliveryState.QUEUED : DeliveryState.DEFERRED;
            row.nextAt = putOff.nextAt();
        } else if (result instanceof DeliveryResult.Deferred deferred) {
            row.state = DeliveryState.DEFERRED;
            row.nextAt = deferred.nextAt();
            row.progress = new DeliveryProgress(attempts, deferred.noticesSent(), reply);
        }
    }

    @Override
    public synchronized int freeLeasesOf(int node) {
        check();
        freedNodes.add(node);
        return 0;
    }

    @Override
    public synchronized void replacePrefix(QueueId message, SignedPrefix prefix) {
        check();
        messages.computeIfPresent(
                message,
                (id, old) -> new NewMessage(old.envelope(), prefix, old.content(), old.deliveries(), old.journal()));
    }

    private void check() {
        if (away) {
            refused++;
            throw new StoreUnavailable("the database is away", null);
        }
    }

    /** How many claims there were. */
    public synchronized int claims() {
        return claims;
    }

    /** How many calls found the database away. */
    public synchronized int refused() {
        return refused;
    }

    /** The database goes away, or comes back. */
    public synchronized void away(boolean gone) {
        away = gone;
    }

    /** From now on messages are stored, but by a call whose answer was lost. */
    public synchronized void loseAnswers() {
        answerLost = true;
    }

    /** Another node takes a recipient's delivery. */
    public synchronized void steal(String recipient) {
        row(recipient).version++;
    }

    /** An administrator lets held mail go. */
    public synchronized void release() {
        rows.values().stream()
                .filter(row -> row.state == DeliveryState.HOLD)
                .forEach(row -> row.state = DeliveryState.QUEUED);
    }

    /** Makes what a suspension put off due now, all of it. */
    public synchronized int bringBack(Suspension ended) {
        check();
        int back = 0;
        for (Row row : rows.values()) {
            if (row.end.isEmpty() && !row.nextAt.isBefore(ended.ends())) {
                row.nextAt = clock.instant();
                back++;
            }
        }
        return back;
    }

    /** {@code address STATE} or {@code address END} of each row, in order of insertion. */
    public synchronized List<String> states() {
        return rows.values().stream().map(Row::toString).toList();
    }

    /** When a deferred recipient is due. */
    public synchronized Instant nextAt(String recipient) {
        return row(recipient).nextAt;
    }

    /** What happened to a recipient so far. */
    public synchronized DeliveryProgress progress(String recipient) {
        return row(recipient).progress;
    }

    private Row row(String recipient) {
        return rows.values().stream()
                .filter(row -> row.recipient.address().toString().equals(recipient))
                .findFirst()
                .orElseThrow();
    }

    /** All messages stored, notices too, in order. */
    public synchronized List<NewMessage> messages() {
        return List.copyOf(messages.values());
    }

    /** Kinds of the journal's rows, in order. */
    public synchronized List<JournalEntry.Kind> journal() {
        return journal.stream().map(JournalEntry::kind).collect(Collectors.toList());
    }

    /** Leases given back so far. */
    public synchronized int givenBack() {
        return givenBack;
    }

    /** The nodes whose leases were freed. */
    public synchronized List<Integer> freedNodes() {
        return List.copyOf(freedNodes);
    }

    /** Stores a message as intake would; returns what a first attempt from memory gets. */
    public synchronized ClaimedMessage store(
            MessageEnvelope envelope, SignedPrefix prefix, Content content, List<NewDelivery> deliveries) {
        NewMessage message = new NewMessage(envelope, prefix, content, deliveries, List.of());
        List<Lease> leases = insert(message);
        List<ClaimedDelivery> claimed = new ArrayList<>();
        for (Lease lease : leases) {
            claimed.add(new ClaimedDelivery(lease, rows.get(lease.delivery()).recipient, DeliveryProgress.FRESH));
        }
        return claimed.isEmpty() ? null : claimed(message, claimed);
    }
}
