package io.sealpost.queue.jdbc;

import java.time.Instant;

/**
 * What a claim writes into the rows that it takes.
 *
 * @param node whose they become
 * @param claim a number that no other claim has, so that what one took can be told
 * @param until the end, in microseconds
 */
record LeaseTerms(int node, long claim, Instant until) {}
