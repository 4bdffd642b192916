package io.sealpost.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.database.Database;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS with a certificate which nobody vouches for, as MariaDB makes one for itself from 11.4 on. */
class ServerTlsTest {
    @TempDir
    private static Path folder;

    private static Process server;
    private static ServerVersion version;
    private static DatabaseSettings inClear;

    @BeforeAll
    static void startWithTls() throws IOException {
        Path place = folder.resolve("db");
        EmbeddedSettings settings = new EmbeddedSettings(place, EmbeddedSettings.MemoryDisk.ALLOWED, line -> {});
        Secret password;
        try (EmbeddedMariaDb made = EmbeddedMariaDb.join(settings)) { // Its data, with a user and a schema.
            password = made.settings().password();
        }
        int port = freePort();
        ServerBinaries binaries = ServerBinaries.find(Optional.empty(), settings);
        version = binaries.version();
        server = new ProcessBuilder(List.of(
                        binaries.mariadbd().toString(),
                        "--defaults-file=" + place.resolve("my.cnf"),
                        "--user=" + System.getProperty("user.name"),
                        "--ssl=ON",
                        "--ssl-cert=" + resource("test-server.pem"),
                        "--ssl-key=" + resource("test-server-key.pem"),
                        "--bind-address=127.0.0.1",
                        "--port=" + port,
                        "--socket=tls.sock"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        inClear = new DatabaseSettings(
                "jdbc:mariadb://127.0.0.1:" + port + "/" + ServerProcess.SCHEMA, ServerProcess.USER, password, 1);
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> cipher(inClear) != null);
    }

    @AfterAll
    static void stop() {
        server.destroy();
        server.onExit().join();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What the connection is ciphered with; empty for none. */
    private static String cipher(DatabaseSettings settings) {
        try (Database database = Database.open(settings)) {
            return database.transactions()
                    .read(handle -> handle.createQuery("SHOW STATUS LIKE 'Ssl_cipher'")
                            .map((row, context) -> row.getString(2))
                            .one());
        }
    }

    private static Path resource(String name) {
        return Path.of("src/test/resources/io/sealpost/database", name).toAbsolutePath();
    }

    private static DatabaseSettings with(String option, Secret password) {
        return new DatabaseSettings(inClear.url() + option, inClear.user(), password, 1);
    }

    @Test
    void thePasswordProvesAServerWhoseCertificateNobodyVouchesFor() {
        assumeThat(version).isGreaterThanOrEqualTo(new ServerVersion(11, 4, 0));
        assertThat(cipher(inClear)).isEmpty();
        assertThat(cipher(with("?sslMode=verify-full", inClear.password()))).contains("AES");
    }

    @Test
    void aPinnedCertificateIsEnough() {
        assertThat(cipher(with("?sslMode=verify-ca&serverSslCert=" + resource("test-server.pem"), inClear.password())))
                .contains("AES");
    }

    @Test
    void aServerThatAnotherCaShouldVouchForIsNotSpokenTo() {
        String other = "?sslMode=verify-full&serverSslCert=" + resource("another-ca.pem");

        assertThatThrownBy(() -> cipher(with(other, inClear.password()))).isInstanceOf(StoreUnavailable.class);
    }
}
