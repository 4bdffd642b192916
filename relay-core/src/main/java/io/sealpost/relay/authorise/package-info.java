/**
 * Stop 1 of a message's way: may this account send as this envelope sender, this From and this Sender.
 *
 * <p>Reads the header strictly, on bytes: what two programs could read in two ways is refused, never guessed. Changes nothing, signs
 * nothing, stores nothing.
 */
package io.sealpost.relay.authorise;
