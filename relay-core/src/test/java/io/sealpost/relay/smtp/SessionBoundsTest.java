package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionBoundsTest {
    @TempDir
    Path directory;

    @Test
    void anAddressHasSoManyConnections() throws IOException {
        try (ListenerFixture relay = ListenerFixture.start(directory, ListenerFixture.connections(100, 1, 100))) {
            try (TestClient one = relay.connect()) {
                assertThat(one.reply()).startsWith("220 ");
                try (TestClient two = relay.connect()) {
                    assertThat(two.reply()).startsWith("421 4.7.0 ");
                    assertThat(two.isClosedByServer()).isTrue();
                }
            }
            await().until(() -> relay.listeners.openConnections() == 0);
            try (TestClient next = relay.connect()) {
                assertThat(next.reply()).as("the place is free again").startsWith("220 ");
            }
        }
    }

    @Test
    void anAccountHasSoManyConnections() throws IOException {
        String auth = "AUTH PLAIN " + TestClient.plain(TestClient.LOGIN, TestClient.PASSWORD);
        try (ListenerFixture relay = ListenerFixture.start(directory, ListenerFixture.connections(100, 100, 1));
                TestClient two = relay.connect().secured()) {
            try (TestClient one = relay.connect().loggedIn()) {
                assertThat(two.ask(auth)).isEqualTo("454 4.7.0 Too many connections of this account; try again later");
                assertThat(two.ask("MAIL FROM:<anna@customer.example>")).startsWith("530 ");
                one.ask("QUIT");
            }
            await().until(() -> relay.listeners.openConnections() == 1);
            assertThat(two.ask(auth)).as("the place is free again").startsWith("235 ");
        }
    }

    @Test
    void aSessionHasSoManyMails() throws IOException {
        SmtpLimits two = new SmtpLimits(
                ListenerFixture.LIMITS.message(),
                new SmtpLimits.Session(2048, 12_288, 10, 3, 2),
                ListenerFixture.LIMITS.connections(),
                ListenerFixture.LIMITS.bodies(),
                ListenerFixture.TIMEOUTS);
        try (ListenerFixture relay = ListenerFixture.start(directory, two);
                TestClient client = relay.connect().loggedIn()) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.ask("MAIL FROM:<anna@customer.example>")).startsWith("250 ");
                client.ask("RSET");
            }
            assertThat(client.ask("MAIL FROM:<anna@customer.example>")).startsWith("421 4.7.0 ");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void placesThatNobodyHasTakeNoMemory() throws Exception {
        Places places = new Places();
        assertThat(places.tryTake("a", 2)).isTrue();
        assertThat(places.tryTake("a", 2)).isTrue();
        assertThat(places.tryTake("a", 2)).isFalse();
        places.giveBack("a");
        assertThat(places.tryTake("a", 2)).isTrue();
        places.giveBack("a");
        places.giveBack("a");
        assertThat(places.known()).isZero();
        assertThat(Places.of(InetAddress.getByName("2001:db8::1")))
                .isEqualTo(Places.of(InetAddress.getByName("2001:db8::2:0:0:1")))
                .isNotEqualTo(Places.of(InetAddress.getByName("2001:db8:0:1::1")));
    }
}
