package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listeners {@code balanced} and {@code balanced-tls} believe headers of the PROXY protocol from 127.0.0.1. */
class BehindABalancerTest {
    private static final String HEADER = "PROXY TCP4 192.0.2.7 192.0.2.1 50000 587\r\n";

    @TempDir
    Path directory;

    private ListenerFixture relay;

    @BeforeEach
    void start() throws IOException {
        relay = ListenerFixture.start(directory);
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    @Test
    void theClientIsWhoTheBalancerSays() throws IOException {
        try (TestClient client = TestClient.connect(relay.address("balanced"))) {
            client.send(HEADER);
            mail(client.loggedIn());
        }
        assertThat(relay.submissions.only().client().address().getHostAddress()).isEqualTo("192.0.2.7");
        assertThat(relay.accounts.attempts().get(0).client().getHostAddress()).isEqualTo("192.0.2.7");
    }

    @Test
    void theHeaderComesBeforeTls() throws IOException {
        try (TestClient client = TestClient.connect(relay.address("balanced-tls"))) {
            client.send(HexFormat.of()
                    .parseHex(ProxyHeaderTest.V2 + "21210024" + "20010db8000000000000000000000007"
                            + "20010db8000000000000000000000001" + "000101d1"));
            client.handshake("TLSv1.3");
            client.reply();
            client.ask("EHLO client.example");
            client.ask("AUTH PLAIN " + TestClient.plain(TestClient.LOGIN, TestClient.PASSWORD));
            mail(client);
        }
        assertThat(relay.submissions.only().client().address().getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:7");
    }

    private static void mail(TestClient client) throws IOException {
        client.ask("MAIL FROM:<anna@customer.example>");
        client.ask("RCPT TO:<bob@remote.example>");
        client.ask("DATA");
        client.send("x\r\n.\r\n");
        assertThat(client.reply()).startsWith("250 ");
    }

    @Test
    void withoutAHeaderTheConnectionIsClosedWithoutAWord() throws IOException {
        for (String sent : new String[] {"EHLO client.example\r\n", "PROXY TCP4 here\r\n"}) {
            try (TestClient client = TestClient.connect(relay.address("balanced"))) {
                client.send(sent);
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void aHealthCheckIsAnswered() throws IOException {
        try (TestClient client = TestClient.connect(relay.address("balanced"))) {
            client.send("PROXY UNKNOWN\r\nQUIT\r\n");
            assertThat(client.reply()).startsWith("220 ");
            assertThat(client.reply()).startsWith("221 ");
        }
    }

    @Test
    void nobodyElseIsBelieved() throws IOException {
        try (TestClient client = TestClient.connectFrom(Loopback.address("127.0.0.9"), relay.address("balanced"))) {
            assertThat(client.reply()).startsWith("220 ");
            client.send(HEADER);
            assertThat(client.reply()).startsWith("421 4.7.0 ");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void theLimitOfAnAddressIsThatOfTheClientBehindTheBalancer() throws IOException {
        relay.close();
        relay = ListenerFixture.start(directory, ListenerFixture.connections(100, 2, 100));
        try (TestClient one = proxied(HEADER);
                TestClient two = proxied(HEADER);
                TestClient other = proxied("PROXY TCP4 192.0.2.8 192.0.2.1 50000 587\r\n");
                TestClient three = proxied(HEADER)) {
            assertThat(one.reply()).startsWith("220 ");
            assertThat(two.reply()).startsWith("220 ");
            assertThat(other.reply()).startsWith("220 ");
            assertThat(three.reply()).isEqualTo("421 4.7.0 relay.example Too many connections from your address");
            assertThat(three.isClosedByServer()).isTrue();
        }
    }

    private TestClient proxied(String header) throws IOException {
        TestClient client = TestClient.connect(relay.address("balanced"));
        client.send(header);
        if (client.isAnsweredWithin(java.time.Duration.ofSeconds(10))) {
            return client;
        }
        throw new IOException("no answer");
    }
}
