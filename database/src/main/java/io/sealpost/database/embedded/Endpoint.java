package io.sealpost.database.embedded;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the running server is, as {@code endpoint.json} says.
 *
 * @param port on 127.0.0.1
 * @param pid of the server; trusted only when {@link RunningServer} knows it too
 */
record Endpoint(int port, long pid) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Empty when the file is missing or is not whole. */
    static Optional<Endpoint> read(Path file) {
        int port = 0;
        long pid = 0;
        try (JsonParser json = JSON.createParser(Files.readString(file, StandardCharsets.UTF_8))) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT && "port".equals(json.currentName())) {
                    port = json.getIntValue();
                } else if (token == JsonToken.VALUE_NUMBER_INT && "pid".equals(json.currentName())) {
                    pid = json.getLongValue();
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return port > 0 && pid > 0 ? Optional.of(new Endpoint(port, pid)) : Optional.empty();
    }

    /** What the file holds. */
    String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("host", "127.0.0.1");
            json.writeNumberField("port", port);
            json.writeNumberField("pid", pid);
            json.writeEndObject();
        }
        return text + "\n";
    }
}
