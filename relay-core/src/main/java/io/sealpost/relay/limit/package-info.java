/**
 * How much may go to a site at once, and when again after trouble: beside the way of a message, asked before an attempt and told after
 * it.
 *
 * <p>Counts and remembers in memory only; opens nothing, waits for nothing, has no thread.
 */
package io.sealpost.relay.limit;
