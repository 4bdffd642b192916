package io.sealpost.database;

/**
 * A node's number for this life of it.
 *
 * @param number 0 to 1023, nobody else's while this node lives
 * @param incarnation one more at each start: what an older life left behind can be told from what is in use
 * @param name the node's lasting name
 */
public record NodeNumber(int number, long incarnation, String name) {}
