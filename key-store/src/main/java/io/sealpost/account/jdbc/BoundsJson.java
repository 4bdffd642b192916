package io.sealpost.account.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.SenderPattern;
import io.sealpost.mail.IpNetwork;
import io.sealpost.mail.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The column {@code app_password.bounds}. */
final class BoundsJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SENDERS = "senders";
    private static final String NETWORKS = "networks";
    private static final String LISTENERS = "listeners";
    private static final String EXPIRES = "expires";
    private static final String IDLE = "idle";
    private static final String MESSAGES = "messages";
    private static final String RECIPIENTS = "recipients";
    private static final Set<String> ALL = Set.of(SENDERS, NETWORKS, LISTENERS, EXPIRES, IDLE, MESSAGES, RECIPIENTS);

    private BoundsJson() {}

    /** Empty for {@link CredentialBounds#NONE}; what is not bound is left out. */
    static Optional<String> write(CredentialBounds bounds) {
        ObjectNode json = JSON.createObjectNode();
        putAll(json, SENDERS, bounds.senders());
        putAll(json, NETWORKS, bounds.networks());
        putAll(json, LISTENERS, bounds.listeners());
        bounds.expires().ifPresent(at -> json.put(EXPIRES, at.toString()));
        bounds.idle().ifPresent(time -> json.put(IDLE, time.toString()));
        bounds.messages().ifPresent(rate -> json.put(MESSAGES, rate.toString()));
        bounds.recipients().ifPresent(rate -> json.put(RECIPIENTS, rate.toString()));
        return json.isEmpty() ? Optional.empty() : Optional.of(json.toString());
    }

    private static void putAll(ObjectNode json, String name, List<?> entries) {
        if (!entries.isEmpty()) {
            ArrayNode array = json.putArray(name);
            entries.forEach(entry -> array.add(entry.toString()));
        }
    }

    /**
     * Reads {@link #write}. Throws IllegalStateException for a bound that this release does not know: what it cannot hold it must not
     * grant.
     */
    static CredentialBounds read(Optional<String> column) {
        return column.map(BoundsJson::read).orElse(CredentialBounds.NONE);
    }

    private static CredentialBounds read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Set<String> unknown = new HashSet<>();
            json.fieldNames().forEachRemaining(unknown::add);
            unknown.removeAll(ALL);
            if (!unknown.isEmpty()) {
                throw new IllegalStateException(
                        "an app password has bounds that this release does not know: " + unknown);
            }
            return new CredentialBounds(
                    all(json, SENDERS, SenderPattern::parse),
                    all(json, NETWORKS, IpNetwork::parse),
                    all(json, LISTENERS, name -> name),
                    one(json, EXPIRES, Instant::parse),
                    one(json, IDLE, Duration::parse),
                    one(json, MESSAGES, Rate::parse),
                    one(json, RECIPIENTS, Rate::parse));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalStateException("the bounds of an app password cannot be read", e);
        }
    }

    private static <T> List<T> all(JsonNode json, String name, Function<String, T> parse) {
        return StreamSupport.stream(json.path(name).spliterator(), false)
                .map(JsonNode::asText)
                .map(parse)
                .toList();
    }

    private static <T> Optional<T> one(JsonNode json, String name, Function<String, T> parse) {
        return Optional.ofNullable(json.get(name)).map(JsonNode::asText).map(parse);
    }
}
