/**
 * Tenants, mailboxes, main passwords and app passwords; who may send as whom.
 *
 * <p>Answers {@code login} and {@code maySend} for the listener and makes changes for the commands. Knows nothing of sockets, of DKIM
 * or of the queue. SQL lives in {@code account.jdbc} alone.
 */
package io.sealpost.account;
