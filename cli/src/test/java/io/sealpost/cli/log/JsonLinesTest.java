package io.sealpost.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLinesTest {
    private final Logger logger = new LoggerContext().getLogger("sealpost.smtpd");

    private static String line(LoggingEvent event) {
        return new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
    }

    private LoggingEvent event(String message, Throwable error) {
        LoggingEvent event = new LoggingEvent("caller", logger, Level.WARN, message, error, new Object[] {"é\n\"x\""});
        event.setInstant(Instant.parse("2026-11-24T12:00:00.123456Z"));
        return event;
    }

    @Test
    void anEventIsOneObjectOnOneLine() throws Exception {
        LoggingEvent event = event("said {}", null);
        event.setKeyValuePairs(List.of(new KeyValuePair("id", "0A1"), new KeyValuePair("size", 42L)));

        String line = line(event);

        assertThat(line).endsWith("}\n").hasLineCount(1);
        JsonNode object = new ObjectMapper().readTree(line);
        assertThat(object.properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactly("time", "level", "logger", "message", "id", "size");
        assertThat(object.get("time").asText()).isEqualTo("2026-11-24T12:00:00.123456Z");
        assertThat(object.get("level").asText()).isEqualTo("WARN");
        assertThat(object.get("logger").asText()).isEqualTo("sealpost.smtpd");
        assertThat(object.get("message").asText()).isEqualTo("said é\n\"x\"");
        assertThat(object.get("size").asLong()).isEqualTo(42);
    }

    @Test
    void aFaultHasItsStack() throws Exception {
        JsonNode object = new ObjectMapper().readTree(line(event("broken", new IllegalStateException("why"))));

        assertThat(object.get("error").asText())
                .startsWith("java.lang.IllegalStateException: why")
                .contains("JsonLinesTest");
    }
}
