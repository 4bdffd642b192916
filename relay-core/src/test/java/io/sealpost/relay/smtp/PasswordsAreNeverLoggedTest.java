package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
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

/** With every logger there is at its finest level, SubEthaSMTP's included. */
class PasswordsAreNeverLoggedTest {
    private static final String PASSWORD = "Tr0ub4dor-and-3";

    @TempDir
    Path directory;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        root.setLevel(Level.TRACE);
        root.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(log);
        root.setLevel(before);
    }

    @Test
    void whateverTheMechanismAndTheOutcome() throws IOException {
        String plain = TestClient.plain(TestClient.LOGIN, PASSWORD);
        String bare = TestClient.base64(PASSWORD);
        try (ListenerFixture relay = ListenerFixture.start(directory)) {
            try (TestClient client = relay.connect()) {
                client.reply();
                client.ask("EHLO x");
                client.ask("AUTH PLAIN " + plain);
            }
            try (TestClient client = relay.connect().secured()) {
                client.ask("AUTH PLAIN " + plain);
                client.ask("AUTH PLAIN");
                client.ask(plain);
                client.ask("AUTH CRAM-MD5 " + plain);
                client.ask("AUTH PLAIN " + plain + " x");
                client.ask("AUTHPLAIN " + plain);
            }
            try (TestClient client = relay.connect().secured()) {
                relay.accounts.goAway();
                client.ask("AUTH LOGIN " + TestClient.base64(TestClient.LOGIN));
                client.ask(bare);
                client.ask(bare);
                client.ask("NOOP " + PASSWORD);
            }
            try (TestClient client = relay.connect()) {
                relay.accounts.comeBack();
                client.loggedIn();
            }
        }
        List<String> lines = log.list.stream().map(this::wholly).toList();
        assertThat(lines).anyMatch(line -> line.contains("SASL PLAIN authentication failed"));
        assertThat(lines).as("SubEtha at DEBUG").anyMatch(line -> line.contains("Client: AUTH"));
        assertThat(lines)
                .noneMatch(line -> line.contains(PASSWORD) || line.contains(plain) || line.contains(bare))
                .noneMatch(line -> line.contains(TestClient.PASSWORD))
                .noneMatch(line -> line.contains(TestClient.plain(TestClient.LOGIN, TestClient.PASSWORD)));
    }

    private String wholly(ILoggingEvent event) {
        String cause = event.getThrowableProxy() == null
                ? ""
                : event.getThrowableProxy().getMessage();
        return event.getLoggerName() + " " + event.getFormattedMessage() + " " + cause + " "
                + event.getMDCPropertyMap();
    }
}
