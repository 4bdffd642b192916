/**
 * How much an account, an app password, a domain and a tenant may send: counted over sliding windows on every node, known to all of them.
 *
 * <p>Asked at MAIL and RCPT and answered from memory; what the nodes tell each other goes by way of {@code usage}, once a second. Knows
 * nothing of sockets; the SQL is in {@code jdbc}.
 */
package io.sealpost.account.limit;
