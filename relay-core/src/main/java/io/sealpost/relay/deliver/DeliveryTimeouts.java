package io.sealpost.relay.deliver;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long a host may take for each stage (RFC 5321 §4.5.3.2); each bounds the whole of a step, however slowly the bytes drip.
 *
 * @param connect for one address
 * @param greeting for the 220
 * @param mail for EHLO, STARTTLS with its handshake, RSET, MAIL
 * @param rcpt for one RCPT
 * @param data for the 354
 * @param dataBlock for taking one block of the content
 * @param dataEnd for the reply to the final dot
 */
public record DeliveryTimeouts(
        Duration connect,
        Duration greeting,
        Duration mail,
        Duration rcpt,
        Duration data,
        Duration dataBlock,
        Duration dataEnd) {
    /** What the RFC asks for. */
    public static final DeliveryTimeouts STANDARD = new DeliveryTimeouts(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10));

    /** Throws IllegalArgumentException for one that is not positive. */
    public DeliveryTimeouts {
        if (Stream.of(connect, greeting, mail, rcpt, data, dataBlock, dataEnd)
                .anyMatch(timeout -> timeout.isZero() || timeout.isNegative())) {
            throw new IllegalArgumentException("a time-out of delivery that is not positive");
        }
    }

    /** For the reply of a stage. */
    Duration of(Stage stage) {
        return switch (stage) {
            case ROUTE, CONNECT -> connect;
            case GREETING -> greeting;
            case EHLO, STARTTLS, MAIL -> mail;
            case RCPT -> rcpt;
            case DATA -> data;
            case END_OF_DATA -> dataEnd;
        };
    }
}
