/**
 * Accounts in MariaDB: the tables {@code tenant}, {@code account}, {@code sender_identity}, {@code app_password}, {@code device} and
 * {@code login_use}; reads {@code domain} to tell what a tenant holds.
 *
 * <p>Every change is one transaction with its rows in {@code audit} and {@code change_feed}. No password is hashed while a
 * transaction is open.
 */
package io.sealpost.account.jdbc;
