package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.mail.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two names of one server, each of which can be away. */
class WritableHostTest {
    private final DatabaseSettings real = TestServer.settings();
    private final List<DatabaseSettings> hosts = new DatabaseSettings(
                    real.url().replaceFirst("//[^:]+:(\\d+)/", "//127.0.0.1:$1,localhost:$1/"),
                    real.user(),
                    real.password(),
                    1)
            .hosts();
    private final Set<DatabaseSettings> away = new HashSet<>();
    private final List<DatabaseSettings> used = new ArrayList<>();
    private final WritableHost choice = new WritableHost();

    @Test
    void staysWithTheHostItCameTo() throws SQLException {
        connectAndClose();
        away.add(hosts.get(0));
        connectAndClose();
        away.clear();
        connectAndClose();
        away.add(hosts.get(1));
        connectAndClose();
        assertThat(used).containsExactly(hosts.get(0), hosts.get(1), hosts.get(1), hosts.get(0));
    }

    @Test
    void saysOfEachHostWhyItDidNotDo() {
        away.addAll(hosts);
        assertThatThrownBy(this::connectAndClose)
                .satisfies(thrown -> assertThat(SqlTrouble.of(thrown)).isEqualTo(SqlTrouble.UNAVAILABLE))
                .hasMessageContaining("none of the 2 database hosts")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(2));
    }

    @Test
    void opensAPoolWhereTheFirstHostIsAway() {
        String url = real.url().replaceFirst("//", "//127.0.0.1:1,");
        try (Database database = Database.open(new DatabaseSettings(url, real.user(), real.password(), 2))) {
            int one = database.transactions()
                    .read(handle ->
                            handle.select("SELECT 1").mapTo(Integer.class).one());
            assertThat(one).isEqualTo(1);
        }
    }

    @Test
    void asksOfEachHostWhatAllOfThemMustProve() {
        String url = "jdbc:mariadb://127.0.0.1,db.example.net:3307/s";
        assertThat(new DatabaseSettings(url, "u", new Secret("p"), 1).hosts())
                .extracting(DatabaseSettings::url)
                .containsExactly(
                        "jdbc:mariadb://127.0.0.1/s?sslMode=verify-full",
                        "jdbc:mariadb://db.example.net:3307/s?sslMode=verify-full");
        assertThat(new DatabaseSettings(url + "?sslMode=verify-ca", "u", new Secret("p"), 1).hosts())
                .extracting(DatabaseSettings::url)
                .contains("jdbc:mariadb://127.0.0.1/s?sslMode=verify-ca");
    }

    private void connectAndClose() throws SQLException {
        try (Connection connection = choice.connect(hosts, this::open)) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    private Connection open(DatabaseSettings host) throws SQLException {
        if (away.contains(host)) {
            throw new SQLNonTransientConnectionException("away", "08000");
        }
        used.add(host);
        return MariaDbSource.forWork(() -> host, new ServerGuard()).getConnection();
    }
}
