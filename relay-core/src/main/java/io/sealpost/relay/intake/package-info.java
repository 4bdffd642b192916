/**
 * Stop 2 of a message's way: authorise, trace field, sign, enqueue, as one method, {@code MessageIntake.accept}.
 *
 * <p>Knows nothing of sockets: the listener hands over a {@link io.sealpost.relay.intake.Submission} and says what comes back.
 */
package io.sealpost.relay.intake;
