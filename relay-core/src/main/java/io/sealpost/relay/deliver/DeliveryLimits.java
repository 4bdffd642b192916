package io.sealpost.relay.deliver;

import java.time.Duration;

/**
 * Bounds of one attempt, and of a connection's life.
 *
 * @param recipientsPerTransaction RCPT commands of one transaction at most
 * @param addressesPerAttempt addresses tried at most
 * @param sessionsPerAttempt hosts that took our MAIL and deferred, after which the rest waits for the next attempt
 * @param mailsPerConnection transactions over one connection at most
 * @param connectionAge a connection is not used again when older
 * @param connectionIdle a connection unused for so long is ended
 * @param idleConnections connections kept at most, over all sites; 0 keeps none
 */
public record DeliveryLimits(
        int recipientsPerTransaction,
        int addressesPerAttempt,
        int sessionsPerAttempt,
        int mailsPerConnection,
        Duration connectionAge,
        Duration connectionIdle,
        int idleConnections) {
    /** 50 recipients, 8 addresses, 2 sessions; 100 mails, 300 s, 5 s idle, 200 kept. */
    public static final DeliveryLimits STANDARD =
            new DeliveryLimits(50, 8, 2, 100, Duration.ofMinutes(5), Duration.ofSeconds(5), 200);

    /** Throws IllegalArgumentException for a bound that allows nothing. */
    public DeliveryLimits {
        if (recipientsPerTransaction < 1
                || addressesPerAttempt < 1
                || sessionsPerAttempt < 1
                || mailsPerConnection < 1
                || idleConnections < 0
                || connectionAge.isNegative()
                || connectionIdle.isNegative()) {
            throw new IllegalArgumentException("a limit of delivery that allows nothing");
        }
    }
}
