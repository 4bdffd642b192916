package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SessionLogTest {
    @TempDir
    Path directory;

    private final Logger logger = (Logger) LoggerFactory.getLogger("sealpost.smtpd");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void oneLineAnEventInPostfixShape() throws IOException {
        try (ListenerFixture relay = ListenerFixture.start(directory);
                TestClient client = relay.connect().secured()) {
            client.ask("EHLO \u001b[2Jx");
            client.ask("EHLO my\\pc");
            client.ask("AUTH PLAIN " + TestClient.plain("an\nna", "x"));
            client.ask("MAIL FROM:<a@b.example>");
            client.ask("QUIT");
            await().until(() -> lines().contains("disconnect from unknown[127.0.0.1]"));
        }
        assertThat(lines().get(0)).isEqualTo("connect from unknown[127.0.0.1]");
        assertThat(lines())
                .anyMatch(line -> line.matches(
                        "Anonymous TLS connection established from unknown\\[127\\.0\\.0\\.1]: TLSv1\\.3 TLS_\\w+"))
                .contains("warning: unknown[127.0.0.1]: SASL PLAIN authentication failed: UNKNOWN_ACCOUNT,"
                        + " sasl_username=an\\x0Ana")
                .contains("NOQUEUE: reject: MAIL from unknown[127.0.0.1]: 530 5.7.0 Log in first; proto=ESMTP"
                        + " helo=<my\\x5Cpc>");
    }

    @Test
    void aLostConnectionIsNamedByItsLastCommand() throws IOException {
        try (ListenerFixture relay = ListenerFixture.start(directory)) {
            relay.connect().inData().close();
            await().until(() -> lines().contains("lost connection after DATA from unknown[127.0.0.1]"));
        }
    }

    private List<String> lines() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
