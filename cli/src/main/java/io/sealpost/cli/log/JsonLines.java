package io.sealpost.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * An event as one line of JSON in UTF-8: {@code time} (RFC 3339, UTC), {@code level}, {@code logger}, {@code message}, the event's own
 * fields, and {@code error} with the stack where there is one. Thread-safe.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};

    private final JsonFactory json = new JsonFactory();

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        try (JsonGenerator object = json.createGenerator(line)) {
            object.writeStartObject();
            object.writeStringField("time", event.getInstant().toString());
            object.writeStringField("level", event.getLevel().toString());
            object.writeStringField("logger", event.getLoggerName());
            object.writeStringField("message", event.getFormattedMessage());
            writeFields(object, event.getKeyValuePairs());
            if (event.getThrowableProxy() != null) {
                object.writeStringField("error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
            object.writeEndObject();
            object.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be written", e);
        }
        return line.toByteArray();
    }

    private static void writeFields(JsonGenerator object, List<KeyValuePair> fields) throws IOException {
        if (fields == null) {
            return;
        }
        for (KeyValuePair field : fields) {
            if (field.value instanceof Number number) {
                object.writeNumberField(field.key, number.longValue());
            } else {
                object.writeStringField(field.key, String.valueOf(field.value));
            }
        }
    }
}
