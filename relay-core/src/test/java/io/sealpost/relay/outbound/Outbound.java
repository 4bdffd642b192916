package io.sealpost.relay.outbound;

import io.sealpost.database.Change;
import io.sealpost.database.ChangeKind;
import io.sealpost.dkim.DkimSigner;
import io.sealpost.dkim.DkimVerifier;
import io.sealpost.dkim.KeyRecords;
import io.sealpost.dkim.SigningKeys;
import io.sealpost.dkim.SigningOptions;
import io.sealpost.mail.DataSize;
import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.mail.Share;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Content;
import io.sealpost.queue.DeliveryMemory;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.Origin;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.RetrySchedule;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.queue.Suspended;
import io.sealpost.queue.Suspension;
import io.sealpost.relay.bounce.NoticeSettings;
import io.sealpost.relay.bounce.Notices;
import io.sealpost.relay.fake.FakeKeys;
import io.sealpost.relay.fake.FakeNet;
import io.sealpost.relay.fake.FakeQueue;
import io.sealpost.relay.fake.MovableClock;
import io.sealpost.relay.intake.FreshMail.Place;
import io.sealpost.relay.signing.MessageSigning;
import io.sealpost.relay.signing.SignatureProof;
import io.sealpost.relay.signing.SigningOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The outbound side with everything around it in memory. */
final class Outbound {
    private static final MailDomain HOST = MailDomain.parse("relay.example.net");
    private static final Origin ME = new Origin(2, OptionalLong.of(7), OptionalLong.empty());
    private static final String MESSAGE = "From: Me <me@ok.example>\r\nTo: you@far.example\r\nSubject: hello\r\n"
            + "Message-ID: <1@me>\r\n\r\nbody\r\n";

    final MovableClock clock = new MovableClock();
    final FakeQueue queue = new FakeQueue(clock);
    final FakeKeys keys = new FakeKeys().activate(2, "ok.example").activate(Origin.OPERATOR, "relay.example.net");
    final FakeNet net = new FakeNet();
    final Set<Integer> dead = ConcurrentHashMap.newKeySet();
    final OutboundService service;
    final List<String> shown = new CopyOnWriteArrayList<>(List.of(FakeKeys.record()));
    final MessageSigning signing = proved(SigningKeys.choose());
    final List<Suspension> suspended = new CopyOnWriteArrayList<>();
    final Suspensions suspensions = new Suspensions(memory(), clock);
    final AtomicLong ids = new AtomicLong(1000);

    Outbound() {
        this(8, "1M");
    }

    Outbound(int workers, String budget) {
        this(workers, workers, budget);
    }

    Outbound(int workers, int perSite, String budget) {
        Notices notices = new Notices(
                signing, keys, ids::incrementAndGet, clock, new NoticeSettings(HOST, HOST, Duration.ofDays(1)));
        OutboundSettings settings = new OutboundSettings(
                new RetrySchedule(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5))),
                List.of(Duration.ofHours(4)),
                FakeQueue.LEASE,
                DataSize.parse(budget),
                workers,
                new SiteBounds(perSite, Duration.ofMinutes(15)),
                Duration.ofMillis(5));
        OutboundPeers peers = new OutboundPeers(queue, keys, signing, net, net, notices, suspensions);
        service = new OutboundService(peers, new Alone(), settings, clock);
    }

    /** Each signature is verified by what {@link #shown} holds. */
    private MessageSigning proved(SigningKeys providers) {
        DkimVerifier verifier = new DkimVerifier(providers, name -> new KeyRecords.Answer.Records(shown));
        return new MessageSigning(
                keys,
                new DkimSigner(providers),
                domain -> SigningOptions.USUAL,
                Optional.of(new SignatureProof(verifier, new Random(), Share.ALL)),
                clock);
    }

    private DeliveryMemory memory() {
        return new DeliveryMemory() {
            @Override
            public List<Suspension> suspensions() {
                return List.copyOf(suspended);
            }

            @Override
            public int bringBack(Suspension ended) {
                return queue.bringBack(ended);
            }
        };
    }

    /** The feed tells of a suspension from now on, which is in force when this returns. */
    void suspend(Suspended what, Duration time) {
        suspended.add(new Suspension(what, clock.instant(), clock.instant().plus(time), "root", "moving"));
        suspensions.changed(new Change(ChangeKind.SUSPENSION, what.name(), clock.instant()));
    }

    /** All of them end. */
    void resume() {
        suspended.clear();
        suspensions.changed(new Change(ChangeKind.SUSPENSION, "", clock.instant()));
    }

    private final class Alone implements Neighbours {
        @Override
        public int self() {
            return 0;
        }

        @Override
        public Set<Integer> live() {
            return Set.of(0);
        }

        @Override
        public Set<Integer> dead() {
            return dead;
        }

        @Override
        public Optional<Instant> aliveSince() {
            return Optional.of(Instant.MIN);
        }
    }

    /** Whether fresh mail would be taken now. */
    boolean hasRoom() {
        Optional<Place> place = service.reserve(ME, 1, 1);
        place.ifPresent(Place::free);
        return place.isPresent();
    }

    /** Stores a message that waits for a claim. */
    void queued(String... recipients) {
        store(new NewDelivery.Start.Queued(), signed(), content(), recipients);
    }

    /** Stores a message without DKIM fields on hold. */
    void heldUnsigned(String... recipients) {
        byte[] trace = "Received: by x; y\r\n".getBytes(StandardCharsets.US_ASCII);
        store(new NewDelivery.Start.Held("no key"), new SignedPrefix(trace, List.of()), content(), recipients);
    }

    /** Stores a message leased to this node and hands it over as intake does; false when there is no room. */
    boolean fresh(String... recipients) {
        return fresh(content(), recipients);
    }

    boolean fresh(Content content, String... recipients) {
        Optional<Place> place = service.reserve(ME, content.size(), recipients.length);
        place.ifPresent(room -> room.take(store(new NewDelivery.Start.Leased(), signed(), content, recipients)));
        return place.isPresent();
    }

    /** The same of another account. */
    boolean freshOf(long account, String recipient) {
        Content content = content();
        Optional<Place> place = service.reserve(origin(account), content.size(), 1);
        place.ifPresent(room ->
                room.take(store(origin(account), new NewDelivery.Start.Leased(), signed(), content, recipient)));
        return place.isPresent();
    }

    /** Stores a message of another account that waits for a claim. */
    void queuedOf(long account, String recipient) {
        store(origin(account), new NewDelivery.Start.Queued(), signed(), content(), recipient);
    }

    private static Origin origin(long account) {
        return new Origin(2, OptionalLong.of(account), OptionalLong.empty());
    }

    private ClaimedMessage store(NewDelivery.Start start, SignedPrefix prefix, Content content, String... recipients) {
        return store(ME, start, prefix, content, recipients);
    }

    private ClaimedMessage store(
            Origin origin, NewDelivery.Start start, SignedPrefix prefix, Content content, String... recipients) {
        MessageEnvelope envelope = new MessageEnvelope(
                new QueueId(ids.incrementAndGet()),
                origin,
                Optional.of(EmailAddress.parse("me@ok.example")),
                MailOptions.NONE,
                MessageKind.SUBMITTED,
                clock.instant(),
                clock.instant().plus(Duration.ofDays(5)));
        List<NewDelivery> deliveries = Stream.of(recipients)
                .map(EmailAddress::parse)
                .map(Recipient::of)
                .map(to -> new NewDelivery(new DeliveryId(ids.incrementAndGet()), to, start))
                .toList();
        return queue.store(envelope, prefix, content, deliveries);
    }

    private static Content content() {
        return Content.of(MESSAGE.getBytes(StandardCharsets.US_ASCII));
    }

    private SignedPrefix signed() {
        try {
            byte[] trace = "Received: by x; y\r\n".getBytes(StandardCharsets.US_ASCII);
            SigningOutcome outcome = signing.sign(2, MailDomain.parse("ok.example"), trace, content());
            return ((SigningOutcome.Signed) outcome).prefix();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
