/**
 * What is told about a message: the journal's rows and the log's lines, in shapes that tools know. Without I/O of its own: rows are
 * written by the queue in the commit they belong to, lines go to the logger.
 */
package io.sealpost.relay.journal;
