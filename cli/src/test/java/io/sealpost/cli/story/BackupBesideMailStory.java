package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.database.Transactions;
import io.sealpost.fixtures.PrivateMariaDb;
import io.sealpost.fixtures.RawSmtpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup costs the mail beside it, with half a million deliveries waiting. Figures are printed. */
@Tag("soak")
class BackupBesideMailStory {
    private static final int CLIENTS = 8;
    private static final int ROWS = Integer.getInteger("sealpost.backup.rows", 500_000);
    private static final Duration ALONE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void mailGoesOnBesideABackupAndTheServerForgetsItsOldRowsAfterIt() throws Exception {
        try (PrivateMariaDb server = PrivateMariaDb.start();
                RelayUnderTest relay = RelayUnderTest.startOn(server, folder)) {
            Transactions look = relay.database().transactions();
            look.read(BackupBesideMailStory::fill);
            Path backup = folder.resolve("backup.zip");
            AtomicLong sent = new AtomicLong();
            AtomicBoolean enough = new AtomicBoolean();
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(() -> submit(relay, enough, sent));
            }
            try {
                double alone = rate(sent, CompletableFuture.runAsync(() -> pause(ALONE)), look, new ArrayList<>());
                List<Long> history = new ArrayList<>();
                CommandProcesses commands = new CommandProcesses(relay.settingsFile());
                double beside = rate(sent, CompletableFuture.runAsync(() -> backedUp(commands, backup)), look, history);
                long most = history.stream().mapToLong(Long::longValue).max().orElse(0);
                System.out.printf(
                        "backup beside mail: %d rows, %d MB; %.0f mails/s alone, %.0f beside; history list at most %d%n",
                        ROWS, Files.size(backup) >> 20, alone, beside, most);
                assertThat(beside).isGreaterThan(alone / 4);
            } finally {
                enough.set(true);
                clients.shutdown();
                assertThat(clients.awaitTermination(60, java.util.concurrent.TimeUnit.SECONDS))
                        .isTrue();
            }
        }
    }

    private static void backedUp(CommandProcesses commands, Path backup) {
        try {
            List<Commands.Ended> ended = commands.atOnce(List.of("backup " + backup));
            assertThat(ended)
                    .allSatisfy(one -> assertThat(one.code()).as("%s", one).isZero());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double rate(AtomicLong sent, CompletableFuture<Void> during, Transactions look, List<Long> history) {
        long start = System.nanoTime();
        long before = sent.get();
        while (!during.isDone()) {
            history.add(look.read(handle -> handle.select("SHOW GLOBAL STATUS LIKE 'Innodb_history_list_length'")
                    .map((row, context) -> row.getLong(2))
                    .one()));
            pause(Duration.ofMillis(500));
        }
        during.join();
        double seconds = (System.nanoTime() - start) / 1e9;
        return (sent.get() - before) / seconds;
    }

    private static void pause(Duration time) {
        java.util.concurrent.locks.LockSupport.parkNanos(time.toNanos());
    }

    private static void submit(RelayUnderTest relay, AtomicBoolean enough, AtomicLong sent) {
        try (RawSmtpClient client = relay.login()) {
            byte[] mail = RelayUnderTest.mail("x".repeat(70).concat("\r\n").repeat(50))
                    .getBytes(StandardCharsets.US_ASCII);
            while (!enough.get()) {
                client.deliver(RelayUnderTest.ANNA.toString(), "shop@shop.test", mail);
                sent.incrementAndGet();
            }
        }
    }

    /** Messages of 2 KB, due in the far future. */
    private static int fill(Handle handle) {
        handle.execute("SET max_statement_time = 0");
        for (int from = 1; from <= ROWS; from += 50_000) {
            String ids = "seq_" + from + "_to_" + (from + 49_999);
            handle.execute("""
                    INSERT INTO message (id, tenant, sender, prefix, key_ids, size, body_type, smtputf8, requiretls, priority,
                                         is_notice, received, expires)
                    SELECT seq, 1, 'anna@office.test', REPEAT('p', 500), '1', 2048, 0, 0, 0, 0, 0, '2026-01-01', '2036-01-01'
                    FROM\s""" + ids);
            handle.execute("""
                    INSERT INTO message_content (message, part, bytes)
                    SELECT seq, 0, CONCAT(REPEAT(SHA2(seq, 512), 4), REPEAT('text ', 300)) FROM\s""" + ids);
            handle.execute("""
                    INSERT INTO delivery (id, message, n, tenant, priority, recipient, recipient_domain, bucket, state, next_at,
                                          attempts, notices_sent, version)
                    SELECT seq, seq, 0, 1, 0, CONCAT('u', seq, '@far.test'), 'far.test', seq MOD 64, 3, '2035-01-01', 1, 0, 1
                    FROM\s""" + ids);
        }
        return ROWS;
    }
}
