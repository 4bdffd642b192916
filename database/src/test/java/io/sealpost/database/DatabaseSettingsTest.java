package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.mail.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {
    private static DatabaseSettings settings(String url) {
        return new DatabaseSettings(url, "sealpost", new Secret("geheim"), 4);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mariadb://127.0.0.1:3306/s, disable",
        "jdbc:mariadb://localhost/s, disable",
        "jdbc:mariadb://[::1]:3306/s, disable",
        "jdbc:mariadb://db.example.net/s, verify-full",
        "jdbc:mariadb://localhost.example.net/s, verify-full",
        "'jdbc:mariadb://127.0.0.1,db.example.net/s', verify-full",
        "'jdbc:mariadb:sequential://127.0.0.1,db.example.net/s', verify-full",
        "jdbc:mariadb://db.example.net/s?sslMode=verify-ca, verify-ca",
        "jdbc:mariadb://127.0.0.1/s?sslMode=verify-ca, verify-ca",
        "jdbc:mariadb://127.0.0.1/s?sslMode=trust, trust",
    })
    void checksTheServersCertificateUnlessItIsThisMachine(String url, String expected) {
        assertThat(settings(url).sslMode()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mariadb://h/s?allowLocalInfile=true",
                "jdbc:mariadb://h/s?sslMode=verify-ca&useBulkStmts=true",
                "jdbc:mariadb://h/s?socketTimeout=0",
            })
    void refusesOptionsThatWouldUndoOurs(String url) {
        assertThatThrownBy(() -> settings(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("options of TLS only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mariadb://h/s?sslMode=trust",
                "jdbc:mariadb://h/s?sslMode=disable",
                "jdbc:mariadb://h/s?sslMode=DISABLE",
                "jdbc:mariadb://127.0.0.1,h/s?sslMode=trust",
                "jdbc:mariadb://127.0.0.1.example.net/s?sslMode=disable",
            })
    void refusesAServerOfAnotherMachineThatNeedNotProveItself(String url) {
        assertThatThrownBy(() -> settings(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leave sslMode out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://h/s",
                "mariadb://h/s",
                "jdbc:mariadb://h",
                "jdbc:mariadb:replication://a,b/s",
                "jdbc:mariadb:loadbalance://a,b/s",
                ""
            })
    void refusesWhatIsNoUrlOfMariaDb(String url) {
        assertThatThrownBy(() -> settings(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:mariadb://host:port/schema");
    }

    @Test
    void exchangesTheSchema() {
        DatabaseSettings other =
                settings("jdbc:mariadb://h:1/one?sslMode=verify-ca").withSchema("two");

        assertThat(other.url()).isEqualTo("jdbc:mariadb://h:1/two?sslMode=verify-ca");
        assertThat(other.schema()).isEqualTo("two");
        assertThat(other.withPoolSize(9).poolSize()).isEqualTo(9);
    }

    @Test
    void printsNoPassword() {
        assertThat(settings("jdbc:mariadb://h/s").toString()).doesNotContain("geheim");
    }

    @Test
    void printsNoPasswordOfAUrlThatItRefuses() {
        assertThatThrownBy(() -> settings("jdbc:mysql://h/s?user=x&password=geheim"))
                .hasMessageContaining("jdbc:mysql://h/s")
                .hasMessageNotContaining("geheim");
    }
}
