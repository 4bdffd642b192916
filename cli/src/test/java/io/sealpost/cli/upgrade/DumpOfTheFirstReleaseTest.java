package io.sealpost.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Argon2Hasher;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginResult;
import io.sealpost.account.jdbc.JdbcAccountAdministration;
import io.sealpost.account.jdbc.JdbcAccounts;
import io.sealpost.account.jdbc.JdbcAppPasswordAdministration;
import io.sealpost.account.jdbc.LoginUses;
import io.sealpost.cli.wiring.Schema;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.Database;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.MigrationSet;
import io.sealpost.database.SchemaState;
import io.sealpost.database.TimeOrderedIds;
import io.sealpost.database.Transactions;
import io.sealpost.dkim.SigningAlgorithm;
import io.sealpost.dkim.SigningKeys;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.DataKeys;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyLookup;
import io.sealpost.keys.MasterKey;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.Observation;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Sealing;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.keys.jdbc.JdbcDataKeys;
import io.sealpost.keys.jdbc.JdbcKeyAdministration;
import io.sealpost.keys.jdbc.JdbcKeys;
import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.mail.Secret;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Content;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.NewDelivery.Start;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.Origin;
import io.sealpost.queue.QueueClaims;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.queue.jdbc.JdbcQueueClaims;
import io.sealpost.queue.jdbc.JdbcQueueInspection;
import io.sealpost.queue.jdbc.JdbcQueueIntake;
import io.sealpost.queue.jdbc.QueueSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database at the end of the first issue, with mail waiting in it, is taken up by this release. The dump is never made again for
 * 0.1; how it was made stays here: {@code -Dsealpost.write.dump=FOLDER} writes one of today.
 */
class DumpOfTheFirstReleaseTest {
    private static final MailDomain OFFICE = MailDomain.parse("office.test");
    private static final EmailAddress ANNA = EmailAddress.parse("anna@office.test");
    private static final String BODY = "From: anna@office.test\r\nSubject: waits\r\n\r\nHi\r\n";
    private static final MigrationSet[] SETS = Schema.SETS.stream()
            .filter(set -> !set.equals(MigrationSet.DATABASE))
            .toArray(MigrationSet[]::new);
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path folder;

    @Test
    void takesUpWhatTheFirstReleaseLeft() throws Exception {
        String wanted = System.getProperty("sealpost.write.dump");
        if (wanted != null) {
            write(Path.of(wanted));
        }
        try (TestDatabase any = TestDatabase.open(SETS)) {
            DatabaseSettings fresh = any.settings().withSchema(any.settings().schema() + "_up");
            any.transactions().read(handle -> handle.execute("CREATE DATABASE " + fresh.schema()));
            try (Database database = Database.open(fresh);
                    InputStream dump = resource("0.1.sql.gz")) {
                SchemaDump.load(database.transactions(), dump);
                Schema.migrations().migrate(fresh);

                Transactions transactions = database.transactions();
                assertThat(Schema.migrations().state(transactions)).isInstanceOf(SchemaState.Current.class);
                accountLogsInAndKeysSign(transactions, folder);
                waitingMailIsThere(transactions);
            } finally {
                any.transactions().read(handle -> handle.execute("DROP DATABASE " + fresh.schema()));
            }
        }
    }

    /** With the dump's master key, which is put into the folder. */
    static void accountLogsInAndKeysSign(Transactions transactions, Path folder) throws Exception {
        MasterKey masterKey = value(MasterKey.load(masterKey(folder)));
        DataKeys dataKeys = value(new JdbcDataKeys(transactions, CLOCK).open(masterKey));
        ChangeFeedReader feed = new ChangeFeedReader(transactions, CLOCK, System::nanoTime);
        JdbcAccounts accounts = new JdbcAccounts(
                transactions,
                dataKeys,
                Argon2Hasher.ofThisMachine(),
                feed,
                CacheBounds.DEFAULT,
                CLOCK,
                new LoginUses(transactions, CLOCK, Duration.ofMinutes(1)));
        LoginAttempt attempt = new LoginAttempt(
                ANNA.toString(), new Secret(resourceText("app-password")), Loopback.address("127.0.0.1"), "submission");
        assertThat(accounts.login(attempt)).isInstanceOf(LoginResult.Granted.class);

        SigningKeys signing = SigningKeys.choose();
        JdbcKeys keys = new JdbcKeys(
                transactions,
                new Sealing(dataKeys),
                (algorithm, pkcs8) -> signing.parse(
                        algorithm == KeyAlgorithm.RSA ? SigningAlgorithm.RSA_SHA256 : SigningAlgorithm.ED25519_SHA256,
                        pkcs8),
                feed,
                CacheBounds.DEFAULT);
        assertThat(keys.activeFor(1, OFFICE))
                .isInstanceOfSatisfying(
                        KeyLookup.ActiveKeys.class,
                        active -> assertThat(active.keys()).hasSize(2));
        feed.close();
    }

    private static void waitingMailIsThere(Transactions transactions) throws IOException {
        TimeOrderedIds ids = new TimeOrderedIds(CLOCK, 7);
        JdbcQueueInspection inspection = new JdbcQueueInspection(transactions, CLOCK, ids::next, "test");
        assertThat(inspection.list(QueueFilter.ALL, 10))
                .extracting(row -> row.status().state())
                .containsExactlyInAnyOrder(DeliveryState.QUEUED, DeliveryState.HOLD);
        Set<Integer> all = IntStream.range(0, QueueClaims.BUCKETS).boxed().collect(Collectors.toSet());
        List<ClaimedMessage> due =
                new JdbcQueueClaims(transactions, CLOCK, ids, QueueSettings.ofNode(7)).claimDue(all, 10);
        assertThat(due).hasSize(1);
        try (InputStream content = due.get(0).content().open()) {
            assertThat(new String(content.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo(BODY);
        }
        assertThat(inspection.trace(due.get(0).envelope().id())).hasSize(1);
    }

    private void write(Path to) throws Exception {
        Files.createDirectories(to);
        try (TestDatabase database = TestDatabase.open(SETS)) {
            Transactions transactions = database.transactions();
            Path key = folder.resolve("made.key");
            DataKeys dataKeys = value(new JdbcDataKeys(transactions, CLOCK).open(value(MasterKey.create(key))));
            Changes changes = new Changes(transactions, CLOCK, "dump");
            JdbcKeyAdministration keys = new JdbcKeyAdministration(changes, new Sealing(dataKeys));
            value(keys.addDomain(1, OFFICE));
            for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
                DkimKey made = value(keys.createKey(OFFICE, NewKey.of(algorithm)));
                keys.activate(
                        made.id(),
                        new ObservedRecords(List.of(new Observation(
                                "test",
                                Observation.Role.RESOLVER,
                                new Observation.Records(List.of(made.dnsRecord().value()))))));
            }
            JdbcAccountAdministration accounts = new JdbcAccountAdministration(changes, Argon2Hasher.ofThisMachine());
            value(accounts.addAccount(1, ANNA, Optional.empty()));
            String appPassword = value(new JdbcAppPasswordAdministration(changes, dataKeys).create(ANNA, "dump"))
                    .password()
                    .reveal();
            store(transactions);
            Files.writeString(to.resolve("master.key"), Files.readString(key));
            Files.writeString(to.resolve("app-password"), appPassword + "\n");
            try (OutputStream out = Files.newOutputStream(to.resolve("0.1.sql.gz"))) {
                SchemaDump.write(transactions, out);
            }
        }
    }

    private static void store(Transactions transactions) {
        TimeOrderedIds ids = new TimeOrderedIds(CLOCK, 3);
        QueueId message = new QueueId(ids.next());
        Instant now = CLOCK.instant();
        MessageEnvelope envelope = new MessageEnvelope(
                message,
                Origin.notice(1),
                Optional.of(ANNA),
                MailOptions.NONE,
                MessageKind.SUBMITTED,
                now,
                now.plusSeconds(5L * 24 * 3600));
        new JdbcQueueIntake(transactions, CLOCK, ids, QueueSettings.ofNode(3))
                .enqueue(new NewMessage(
                        envelope,
                        new SignedPrefix("Received: by relay\r\n".getBytes(StandardCharsets.US_ASCII), List.of()),
                        Content.of(BODY.getBytes(StandardCharsets.US_ASCII)),
                        List.of(
                                delivery(ids, "bert@shop.test", new Start.Queued()),
                                delivery(ids, "carl@shop.test", new Start.Held("held by an administrator"))),
                        List.of(new JournalEntry(now, message, JournalEntry.Kind.RECEPTION, Map.of("login", "anna")))));
    }

    private static NewDelivery delivery(TimeOrderedIds ids, String recipient, Start start) {
        return new NewDelivery(new DeliveryId(ids.next()), Recipient.of(EmailAddress.parse(recipient)), start);
    }

    /** The dump's, in this folder. */
    static Path masterKey(Path folder) throws IOException {
        Path file = folder.resolve("master.key");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, resourceText("master.key"));
        }
        return file;
    }

    private static String resourceText(String name) throws IOException {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }

    static InputStream resource(String name) {
        return DumpOfTheFirstReleaseTest.class.getResourceAsStream("/upgrade/" + name);
    }

    private static <T> T value(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }
}
