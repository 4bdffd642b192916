package io.sealpost.relay.intake;

import io.sealpost.queue.EnqueueResult;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueIntake;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue, which holds what braked accounts hand in. Thread-safe. */
public final class BrakedIntake implements QueueIntake {
    private static final Logger LOG = LoggerFactory.getLogger(BrakedIntake.class);

    private final QueueIntake queue;
    private final LongFunction<Optional<String>> braked;

    /** {@code braked}: why an account's mail is held, by its row; empty when it is not. */
    public BrakedIntake(QueueIntake queue, LongFunction<Optional<String>> braked) {
        this.queue = queue;
        this.braked = braked;
    }

    @Override
    public EnqueueResult enqueue(NewMessage message) {
        OptionalLong account = message.envelope().origin().account();
        Optional<String> reason = account.isPresent() ? braked.apply(account.getAsLong()) : Optional.empty();
        return queue.enqueue(reason.map(why -> held(message, why)).orElse(message));
    }

    private static NewMessage held(NewMessage message, String reason) {
        LOG.info("{}: held: {}", message.envelope().id(), reason);
        List<NewDelivery> deliveries = message.deliveries().stream()
                .map(delivery -> delivery.start() instanceof NewDelivery.Start.Held
                        ? delivery
                        : new NewDelivery(delivery.id(), delivery.recipient(), new NewDelivery.Start.Held(reason)))
                .toList();
        return new NewMessage(
                message.envelope(), message.signedPrefix(), message.content(), deliveries, message.journal());
    }
}
