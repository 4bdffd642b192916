/**
 * The queue in MariaDB: every statement on its tables, group commit, compare-and-set.
 *
 * <p>No thread of its own: the caller that finds no commit running leads the next one. No transaction is open while anybody waits for
 * the network. Tables, states and why there is no {@code SKIP LOCKED}: docs/queue.md.
 */
package io.sealpost.queue.jdbc;
