/**
 * Accepted mail: what was taken with a 250, who works on it, how each recipient ended.
 *
 * <p>Passive: no thread, no socket, no policy. {@link io.sealpost.queue.QueueIntake} takes mail in, {@link
 * io.sealpost.queue.QueueClaims} hands it out under leases and takes results back, {@link io.sealpost.queue.QueueInspection} shows
 * and steers it for administrators. SQL lives in {@code queue.jdbc} alone.
 */
package io.sealpost.queue;
