/**
 * Tenants, mailboxes, main passwords and app passwords; who may send as whom.
 *
 * <p>Answers {@code login} and {@code maySend} for the listener and makes changes for the commands. Knows nothing of sockets or of
 * the queue; of the keys beside it only the data key for app passwords. SQL lives in {@code account.jdbc} alone.
 */
package io.sealpost.account;
