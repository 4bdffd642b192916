package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.mail.EmailAddress;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Content;
import io.sealpost.queue.EnqueueResult;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.Lease;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MailOptions.BodyType;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.Recipient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcQueueIntakeTest {
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

    @Test
    void storesEverythingAboutAMessage() throws IOException {
        MailOptions options = new MailOptions(
                BodyType.EIGHT_BIT_MIME,
                new MailOptions.Extensions(true, true),
                -3,
                new MailOptions.DsnRequest(Optional.of("HDRS"), Optional.of("QQ314159")),
                Optional.of("de-AT"),
                Optional.of(world.clock().instant().minusSeconds(1)));
        NewMessage message =
                world.mail().with(options, MailMaker.content("h: ä\r\n\r\nb"), MailMaker.QUEUED, "b@x.example");
        Recipient recipient = new Recipient(
                EmailAddress.parse("jürgen@x.example"),
                Optional.of("rfc822;b@y.example"),
                Optional.of("FAILURE,DELAY"));
        NewDelivery delivery = new NewDelivery(message.deliveries().get(0).id(), recipient, MailMaker.QUEUED);
        NewMessage whole = new NewMessage(
                message.envelope(), message.signedPrefix(), message.content(), List.of(delivery), message.journal());

        assertThat(world.intake(1).enqueue(whole)).isEqualTo(new EnqueueResult.Stored(List.of()));

        ClaimedMessage claimed = world.claimAll(2).get(0);
        assertThat(claimed.envelope()).isEqualTo(message.envelope());
        assertThat(claimed.signedPrefix()).isEqualTo(message.signedPrefix());
        assertThat(claimed.content().size()).isEqualTo(message.content().size());
        assertThat(claimed.content().open().readAllBytes())
                .isEqualTo(message.content().open().readAllBytes());
        assertThat(claimed.deliveries()).singleElement().satisfies(one -> {
            assertThat(one.recipient()).isEqualTo(recipient);
            assertThat(one.progress().attempts()).isZero();
            assertThat(one.progress().lastReply()).isEmpty();
        });
        assertThat(world.inspection().trace(message.envelope().id())).isEqualTo(message.journal());
    }

    @Test
    void leasesToItsNodeWhatIsTriedFromMemory() {
        NewMessage message = world.mail().to(MailMaker.LEASED, "b@x.example", "c@y.example");

        EnqueueResult result = world.intake(1).enqueue(message);

        assertThat(result).isInstanceOfSatisfying(EnqueueResult.Stored.class, stored -> {
            assertThat(stored.leases()).hasSize(2);
            Lease first = stored.leases().get(0);
            assertThat(first.message()).isEqualTo(message.envelope().id());
            assertThat(first.until()).isEqualTo(world.clock().instant().plus(QueueWorld.LEASE));
            assertThat(world.claims(1).renew(stored.leases())).hasSize(2);
        });
        assertThat(world.claimAll(2)).isEmpty();
    }

    @Test
    void keepsHeldAndFutureMailFromClaims() {
        NewMessage held = world.mail().to(new NewDelivery.Start.Held("no active key"), "b@x.example");
        MailOptions later = new MailOptions(
                BodyType.UNSTATED,
                MailOptions.Extensions.NONE,
                0,
                MailOptions.DsnRequest.NONE,
                Optional.empty(),
                Optional.of(world.clock().instant().plus(Duration.ofHours(1))));
        NewMessage future = world.mail().with(later, MailMaker.content("x"), MailMaker.QUEUED, "b@x.example");
        world.store(held, future);

        assertThat(world.claimAll(1)).isEmpty();
        world.clock().advance(Duration.ofHours(1));
        assertThat(world.claimAll(1))
                .singleElement()
                .satisfies(claimed -> assertThat(claimed.envelope().id())
                        .isEqualTo(future.envelope().id()));
    }

    @Test
    void aMessageStoredBeforeIsNotStoredTwice() {
        NewMessage message = world.mail().to(MailMaker.QUEUED, "b@x.example");
        world.intake(1).enqueue(message);

        assertThat(world.intake(1).enqueue(message)).isEqualTo(new EnqueueResult.AlreadyStored());
        assertThat(world.counts()).containsExactly(1L, 1L, 1L, 1L);
    }

    /** Two nodes with one number could make one id: the second message must not be taken for the first. */
    @Test
    void anIdOfAnotherMessageIsNotTakenForThisOne() {
        NewMessage message = world.mail().to(MailMaker.QUEUED, "b@x.example");
        world.intake(1).enqueue(message);
        NewMessage other = new NewMessage(
                message.envelope(),
                message.signedPrefix(),
                MailMaker.content("other bytes"),
                world.mail().to(MailMaker.QUEUED, "c@x.example").deliveries(),
                List.of());

        assertThatThrownBy(() -> world.intake(1).enqueue(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another message's");
        assertThat(world.counts()).containsExactly(1L, 1L, 1L, 1L);
    }

    @Test
    void aContentThatEndsEarlyIsNotStored() {
        Content torn = new Content() {
            @Override
            public long size() {
                return 100;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[99]);
            }
        };
        NewMessage message = world.mail().with(MailOptions.NONE, torn, MailMaker.QUEUED, "b@x.example");

        assertThatThrownBy(() -> world.intake(1).enqueue(message)).isInstanceOf(IllegalStateException.class);
        assertThat(world.counts()).containsExactly(0L, 0L, 0L, 0L);
    }

    @Test
    void aContentThatCannotBeReadIsNotStored() {
        Content unreadable = new Content() {
            @Override
            public long size() {
                return 100;
            }

            @Override
            public InputStream open() throws IOException {
                throw new IOException("the spool is gone");
            }
        };
        NewMessage message = world.mail().with(MailOptions.NONE, unreadable, MailMaker.QUEUED, "b@x.example");

        assertThatThrownBy(() -> world.intake(1).enqueue(message)).isInstanceOf(UncheckedIOException.class);
        assertThat(world.counts()).containsExactly(0L, 0L, 0L, 0L);
    }

    @Test
    void aLargeContentGoesInAndOutInParts() throws IOException {
        byte[] bytes = new byte[20 * 1024 * 1024 + 7];
        new Random(1).nextBytes(bytes);
        List<Integer> asked = new ArrayList<>();
        Content large = new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes) {
                    @Override
                    public byte[] readNBytes(int length) {
                        asked.add(length);
                        byte[] part = new byte[Math.min(length, available())];
                        int count = read(part, 0, part.length);
                        assertThat(Math.max(count, 0)).isEqualTo(part.length);
                        return part;
                    }
                };
            }
        };
        NewMessage message = world.mail().with(MailOptions.NONE, large, MailMaker.QUEUED, "b@x.example");

        world.intake(1).enqueue(message);

        assertThat(asked).hasSize(22).allMatch(length -> length == 1 << 20);
        assertThat(world.count("message_content")).isEqualTo(21);
        assertThat(world.number("SELECT MAX(LENGTH(bytes)) FROM message_content"))
                .isEqualTo(1 << 20);
        try (InputStream stored = world.claimAll(1).get(0).content().open()) {
            assertThat(stored.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void contentWhosePartIsGoneIsNotTakenForWhole() {
        NewMessage message = world.mail().to(MailMaker.QUEUED, "b@x.example");
        world.store(message);
        Content content = world.claimAll(1).get(0).content();
        world.transactions().read(handle -> handle.execute("DELETE FROM message_content"));

        assertThatThrownBy(() -> content.open().readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message.envelope().id().toString());
    }

    @Test
    void anEmptyContentIsAContent() throws IOException {
        NewMessage message =
                world.mail().with(MailOptions.NONE, Content.of(new byte[0]), MailMaker.QUEUED, "b@x.example");
        world.store(message);

        assertThat(world.claimAll(1).get(0).content().open().readAllBytes()).isEmpty();
    }

    @Test
    void journalFieldsComeBackInTheirOrder() {
        MessageEnvelope envelope =
                world.mail().to(MailMaker.QUEUED, "b@x.example").envelope();
        java.util.Map<String, Object> fields = new java.util.LinkedHashMap<>();
        fields.put("zeta", List.of("b@x.example", "ü"));
        fields.put("alpha", java.util.Map.of("code", 250));
        fields.put("size", 5_000_000_000L);
        JournalEntry entry = new JournalEntry(envelope.received(), envelope.id(), JournalEntry.Kind.RECEPTION, fields);
        NewMessage base = world.mail().to(MailMaker.QUEUED, "b@x.example");
        world.store(new NewMessage(envelope, base.signedPrefix(), base.content(), base.deliveries(), List.of(entry)));

        JournalEntry stored = world.inspection().trace(envelope.id()).get(0);
        assertThat(stored).isEqualTo(entry);
        assertThat(stored.fields().keySet()).containsExactly("zeta", "alpha", "size");
    }
}
