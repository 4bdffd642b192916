package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.Shell.Ended;
import io.sealpost.fixtures.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the midst of an import, twice; the third call finishes it. */
class KilledImportTest {
    private static final int DOMAINS = 40;
    private static final int RAW = 32; // The key at the end of an Ed25519 SubjectPublicKeyInfo (RFC 8410 §4).
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void aKilledImportIsFinishedByAnother() throws Exception {
        try (KeyRecordsWorld world = new KeyRecordsWorld(folder)) {
            Path keys = makeKeys(world);
            kill(importing(world, keys), world, DOMAINS / 8);
            kill(importing(world, keys), world, DOMAINS / 3);
            assertThat(count(world, "SELECT COUNT(*) FROM dkim_key WHERE sealed = ''"))
                    .as("keys without a seal")
                    .isZero();

            Ended ended = world.shell.run(
                    "dkim", "import", "--exim", keys.toString(), "--selector", "x", "--add-domains", "--activate");

            assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
            assertThat(ended.err()).contains(DOMAINS + " active");
            assertThat(count(world, "SELECT COUNT(*) FROM dkim_key WHERE state = 'active' AND sealed <> ''"))
                    .isEqualTo(DOMAINS);
            assertThat(count(world, "SELECT COUNT(*) FROM audit WHERE action = 'dkim.activate'"))
                    .as("each once")
                    .isEqualTo(DOMAINS);
        }
    }

    private Path makeKeys(KeyRecordsWorld world) throws Exception {
        Path keys = Files.createDirectory(folder.resolve("keys"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        List<String> records = new ArrayList<>();
        for (int i = 0; i < DOMAINS; i++) {
            KeyPair pair = generator.generateKeyPair();
            Path file = keys.resolve("k" + i + ".test.key");
            Files.writeString(file, TestKeys.pem(pair.getPrivate().getEncoded()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            byte[] spki = pair.getPublic().getEncoded();
            byte[] raw = Arrays.copyOfRange(spki, spki.length - RAW, spki.length);
            records.add("v=DKIM1; k=ed25519; p=" + Base64.getEncoder().encodeToString(raw));
        }
        world.everywhere(zones -> {
            for (int i = 0; i < DOMAINS; i++) {
                zones.zone("k" + i + ".test", "ns1.ns.test").txt("x._domainkey.k" + i + ".test", records.get(i));
            }
        });
        return keys;
    }

    private Process importing(KeyRecordsWorld world, Path keys) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.sealpost.cli.Sealpost",
                        "dkim",
                        "import",
                        "--exim",
                        keys.toString(),
                        "--selector",
                        "x",
                        "--add-domains",
                        "--activate")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("import.out").toFile());
        builder.environment().put("SEALPOST_CONFIG", world.shell.file().toString());
        return builder.start();
    }

    private static void kill(Process process, KeyRecordsWorld world, int after) throws InterruptedException {
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !process.isAlive() || count(world, "SELECT COUNT(*) FROM dkim_key") >= after);
            assertThat(process.isAlive()).as("killed before it was done").isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static long count(KeyRecordsWorld world, String sql) {
        return world.shell
                .database()
                .transactions()
                .read(handle -> handle.select(sql).mapTo(Long.class).one());
    }
}
